"""The plan: partitions are small, cover everything once, and stay as they are if a document is added."""

from onevoice.audit import plan
from onevoice.audit.plan import Entry


def make_entries(count, size=1000):
    return [Entry(f"docs/{number:06}.md", size, "1") for number in range(count)]


def test_partitions_cover_everything_once_in_order():
    parts = [*plan.split_plan(make_entries(20_000))]
    assert [entry for part in parts for entry in part] == make_entries(20_000)
    assert all(len(part) <= plan.MAX_DOCUMENTS for part in parts)


def test_large_documents_fill_a_partition():
    parts = [*plan.split_plan(make_entries(30, plan.MAX_BYTES // 3))]
    assert all(sum(entry.size for entry in part) <= plan.MAX_BYTES for part in parts)
    assert [len(part) for part in plan.split_plan([Entry("a", plan.MAX_BYTES * 2, "1")])] == [1]


def test_one_more_document_changes_few_partitions():
    before = {plan.dump_partition(part) for part in plan.split_plan(make_entries(40_000))}
    more = [*make_entries(40_000), Entry("docs/000007a.md", 1000, "1")]
    after = {plan.dump_partition(part) for part in plan.split_plan(sorted(more))}
    assert len(after - before) <= 2


def test_a_plan_is_read_as_it_was_written():
    part = [Entry("a\udcff.md", 1, "2", "g", ".mdx", "read")]
    assert plan.parse_partition(plan.dump_partition(part)) == part


def test_a_part_is_named_by_all_that_it_is_made_from():
    line = plan.dump_partition(make_entries(2))
    names = {plan.name_part(line, "a"), plan.name_part(line, "b"), plan.name_part(plan.dump_partition([]), "a")}
    assert len(names) == 3
