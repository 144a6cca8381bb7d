from hypothesis import given
from hypothesis import strategies as st

from sitegen.plan.paging import paged


@given(st.integers(0, 300), st.integers(1, 50))
def test_the_pages_of_a_list_hold_every_item_once_and_in_order(count, size):
    pages = list(paged("list", range(count), size))
    assert [item for _, _, items in pages for item in items] == list(range(count))
    assert all(0 < len(items) <= size for _, _, items in pages) or count == 0
    assert [(pager.first, pager.last) for _, pager, items in pages if items] == [
        (items[0] + 1, items[-1] + 1) for _, _, items in pages if items
    ]


@given(st.integers(1, 300))
def test_each_page_knows_its_neighbours(count):
    pages = list(paged("list", range(count), 1))
    urls = [url for url, _, _ in pages]
    assert [pager.previous for _, pager, _ in pages] == ["", *urls[:-1]]
    assert [pager.following for _, pager, _ in pages] == [*urls[1:], ""]


@given(st.integers(1, 60), st.data())
def test_the_pager_shows_the_ends_the_neighbours_and_no_gap_of_a_single_page(count, data):
    current = data.draw(st.integers(1, count))
    _, pager, _ = list(paged("list", range(count), 1))[current - 1]
    numbers = [link.number for link in pager.links]
    assert {1, current, count} <= set(numbers)
    assert len(numbers) <= 9
    for before, gap, after in zip(numbers, numbers[1:], numbers[2:], strict=False):
        assert gap or after - before > 2
    assert all(bool(link.url) == bool(link.number) for link in pager.links)


def test_an_empty_list_has_one_empty_page():
    [(url, pager, items)] = paged("tags/none", (), 50)
    assert (url, pager.total, tuple(items)) == ("tags/none.html", 0, ())
