import pytest

from bot import resources


def test_folder_is_the_one_with_the_fonts() -> None:
    assert (resources.folder() / "fonts" / "OFL.txt").is_file()


def test_a_template_is_read_as_utf8_text() -> None:
    assert isinstance(resources.template("fonts/OFL.txt"), str)


def test_a_font_that_is_not_shipped_is_missed_at_once() -> None:
    with pytest.raises(FileNotFoundError):
        resources.font("missing.ttf")


@pytest.mark.parametrize(
    "name", ["../config.yaml", "/etc/passwd", "fonts/../../config.yaml"], ids=["up", "root", "round"]
)
def test_a_name_outside_the_folder_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="no name below"):
        resources.template(name)


def test_the_example_configuration_is_found() -> None:
    assert resources.example_config().name == "config.yaml"
    assert resources.example_config().is_file()
