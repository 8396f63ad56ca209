"""The published JSON Schemas are those of the models that read the inputs."""

from domain.act_kinds import OF_THE_REGISTER, ActKind
from tools.export_schemas import FOLDER, schemas


def test_the_published_schemas_are_up_to_date() -> None:
    published = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.iterdir()}
    assert published == schemas(), "run tools/export_schemas.py"


def test_the_schema_of_acts_has_every_kind() -> None:
    assert all(f'"const": "{kind}"' in schemas()["act.json"] for kind in set(ActKind) - OF_THE_REGISTER)
