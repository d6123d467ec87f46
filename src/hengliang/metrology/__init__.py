"""Pure measurement computation: units, uncertainty, conformity, judgement. numpy; scipy lazily."""
