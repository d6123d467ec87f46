// Runs before the page is drawn: what needs scripts may show itself, what stands in for them may hide.
document.documentElement.classList.add("js");
