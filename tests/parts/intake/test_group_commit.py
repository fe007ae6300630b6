"""Group commit: who is alone waits for nobody, and whoever finds no room hears so at once."""

import asyncio
from collections.abc import Sequence

import pytest
from tests.stories.fast_client import in_a_loop
from tests.stories.stage import refused

from gongdao.adapters.group_commit import GroupCommit
from gongdao.domain.kernel.errors import GongdaoError, PeerFailed, Refused


class Keeper:
    """Keeps batches when it is let."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.may = asyncio.Event()
        self.may.set()

    async def keep(self, batch: Sequence[int]) -> list[int | GongdaoError]:
        self.batches.append(list(batch))
        await self.may.wait()
        if 13 in batch:
            raise OSError("the disk is full")
        return [Refused("no.odd", "No.") if n % 2 else n * 10 for n in batch]


def test_a_lone_item_is_kept_at_once_and_alone() -> None:
    async def play() -> None:
        keeper = Keeper()
        line: GroupCommit[int, int] = GroupCommit(keeper.keep)
        assert await line.put(2) == 20
        assert await line.put(4) == 40
        assert keeper.batches == [[2], [4]]
        with refused("no.odd"):
            await line.put(5)
        await line.close()

    in_a_loop(play())


def test_what_comes_while_batches_are_under_way_is_kept_together() -> None:
    async def play() -> None:
        keeper = Keeper()
        keeper.may.clear()
        line: GroupCommit[int, int] = GroupCommit(keeper.keep, most=4)
        first = line.put_all([0]) + line.put_all([2])
        await asyncio.sleep(0.01)
        rest = line.put_all([4, 6, 8]) + line.put_all([10, 12])
        await asyncio.sleep(0.01)
        under_way = len(keeper.batches)
        keeper.may.set()
        assert await asyncio.gather(*first, *rest) == [0, 20, 40, 60, 80, 100, 120]
        assert under_way <= 2
        assert max(map(len, keeper.batches)) <= 4
        assert [n for batch in keeper.batches for n in batch] == [0, 2, 4, 6, 8, 10, 12]
        await line.close()

    in_a_loop(play())


def test_after_company_a_batch_waits_for_more_of_it_but_not_once_there_is_enough() -> None:
    async def play() -> None:
        keeper = Keeper()
        line: GroupCommit[int, int] = GroupCommit(keeper.keep, gather=0.2, enough=3)
        await asyncio.gather(*line.put_all([0, 2]))
        waiting = line.put(4)
        begun = asyncio.get_running_loop().time()
        first = asyncio.ensure_future(waiting)
        await asyncio.sleep(0.02)
        assert keeper.batches == [[0, 2]]
        rest = line.put_all([6, 8])
        assert await asyncio.gather(first, *rest) == [40, 60, 80]
        assert asyncio.get_running_loop().time() - begun < 0.15
        assert sorted(n for batch in keeper.batches[1:] for n in batch) == [4, 6, 8]
        await line.close()

    in_a_loop(play())


def test_whoever_finds_no_room_hears_so_at_once_and_nothing_of_it_is_let_in() -> None:
    async def play() -> None:
        keeper = Keeper()
        keeper.may.clear()
        line: GroupCommit[int, int] = GroupCommit(keeper.keep, committers=1, room=3)
        first = line.put_all([0, 2, 4])
        with refused("intake.busy", PeerFailed):
            line.put_all([6])
        await asyncio.sleep(0.01)
        later = line.put_all([6, 8])
        with refused("intake.busy", PeerFailed):
            line.put_all([10, 12])
        keeper.may.set()
        assert await asyncio.gather(*first, *later) == [0, 20, 40, 60, 80]
        await line.close()
        assert [n for batch in keeper.batches for n in batch] == [0, 2, 4, 6, 8]

    in_a_loop(play())


def test_a_batch_that_cannot_be_kept_is_said_to_all_of_it_and_the_next_goes_on() -> None:
    async def play() -> None:
        line: GroupCommit[int, int] = GroupCommit(Keeper().keep)
        said = await asyncio.gather(*line.put_all([12, 13]), return_exceptions=True)
        assert [type(each) for each in said] == [OSError, OSError]
        assert await line.put(14) == 140
        await line.close()

    in_a_loop(play())


@pytest.mark.parametrize("number", [1, 50])
def test_a_stop_keeps_what_waits(number: int) -> None:
    async def play() -> None:
        keeper = Keeper()
        line: GroupCommit[int, int] = GroupCommit(keeper.keep, most=10)
        answers = line.put_all([2 * n for n in range(number)])
        await line.close()
        assert all(answer.done() for answer in answers)
        assert sum(map(len, keeper.batches)) == number

    in_a_loop(play())


def test_whoever_gives_up_waiting_harms_nobody() -> None:
    async def play() -> None:
        keeper = Keeper()
        keeper.may.clear()
        line: GroupCommit[int, int] = GroupCommit(keeper.keep)
        gone, stays = line.put_all([2, 4])
        await asyncio.sleep(0.01)
        gone.cancel()
        keeper.may.set()
        assert await stays == 40
        await line.close()

    in_a_loop(play())
