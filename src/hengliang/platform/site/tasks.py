"""Jobs of the site itself."""

from procrastinate.contrib.django import app


@app.task(queue="demo", lock="demo", queueing_lock="demo")
def load_rest_of_demo() -> None:
    """Load what the demo city has beyond its first part."""
    from hengliang.platform.site import demo

    demo.load("rest")
