"""R10.2: the file of a case in which somebody acted as head names both, and is sound by its own script."""

from pathlib import Path

from domain.stages import Step
from starter.export.archive import archive
from starter.export.files import ExportedCase
from tests.activities.test_acting import DURING, a_checked_case, enter
from tests.builders import DEPUTY, an_act
from tests.databases import Register
from tests.starter.test_cli_export import case_file, checked, files_in

ACTED = {
    "ru": "(исполняющий обязанности руководителя, замещаемое лицо: Басшыбаев Ерлан Әділұлы, директор)",
    "kk": "(басшының міндетін атқарушы, кімнің орнына: Басшыбаев Ерлан Әділұлы, директор)",
}


async def test_the_index_names_who_acted_as_head_and_for_whom(register: Register, tmp_path: Path) -> None:
    filed = await a_checked_case(register)
    await enter(register)
    await register.do(filed, an_act(Step.ADMIT, actor=DEPUTY), moment=DURING)
    files = files_in(archive(ExportedCase(await case_file(register, filed))))
    for language, words in ACTED.items():
        assert files[f"index.{language}.txt"].decode().count(words) > 1
    assert checked(files, tmp_path)[0] == 0
