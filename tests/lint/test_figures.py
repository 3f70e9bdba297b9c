"""Which figures in a text claim something."""

import pytest

from onevoice.lint import figures

CLAIMS = [
    ("We raise revenue by 37%.", ["37%"], "share 37/100"),
    ("We raise revenue by 37 percent.", ["37 percent"], "share 37/100"),
    ("We raise revenue by 37\u00a0% a year.", ["37\u00a0%"], "share 37/100"),
    ("Ninety percent agree.", ["Ninety percent"], "share 9/10"),
    ("A 25-percent rise.", ["25-percent"], "share 1/4"),
    ("Thirty two percent agree, thirty-two per cent.", ["Thirty two percent", "thirty-two per cent"], "share 8/25"),
    ("A rise of 20-30%, 20–30 %.", ["30%", "30 %"], "share 3/10"),
    ("Returns: -5%.", ["5%"], "share 1/20"),
    ("Two out of every three reps.", ["Two out of every three"], "share 2/3"),
    ("More than half of all calls, over half of the calls.", ["half", "half"], "share 1/2"),
    ("It cuts returns by a third. By a third, and more.", ["a third", "a third"], "share 1/3"),
    ("It takes half as long.", ["half as long"], "times 1/2"),
    ("Five times your pipeline.", ["Five times"], "times 5"),
    ("The world’s number one, Germany's #1.", ["world’s number one", "Germany's #1"], "first"),
    ("No. 1 in Europe.", ["No. 1 in"], "first"),
    ("It saves our customers $2 million a year.", ["$2 million"], "money 2000000"),
    ("Savings of USD 3 million.", ["USD 3 million"], "money 3000000"),
    ("100% of our customers renew, with 100% satisfaction.", ["100%", "100%"], "share 1"),
    ("Up by 1,250%.", ["1,250%"], "share 25/2"),
    ("Up by 12.5% or 12,5%.", ["12.5%", "12,5%"], "share 1/8"),
    ("Three in five marketers agree.", ["Three in five"], "share 3/5"),
    ("3 out of 5 marketers agree.", ["3 out of 5"], "share 3/5"),
    ("Two thirds of all reps agree.", ["Two thirds"], "share 2/3"),
    ("A quarter of your leads get lost.", ["A quarter"], "share 1/4"),
    ("Half of our customers renewed.", ["Half"], "share 1/2"),
    ("We are 3x faster.", ["3x"], "times 3"),
    ("We are 2.5× faster.", ["2.5×"], "times 5/2"),
    ("It is three times as fast.", ["three times as"], "times 3"),
    ("Ten times more leads.", ["Ten times more"], "times 10"),
    ("It is twice as fast.", ["twice as"], "times 2"),
    ("A tenfold return, a 10-fold one.", ["tenfold", "10-fold"], "times 10"),
    ("It doubles your pipeline.", ["doubles"], "times 2"),
    ("Tripling revenue is easy.", ["Tripling"], "times 3"),
    ("We cut the time to answer in half.", ["cut the time to answer in half"], "times 1/2"),
    ("We are the number one choice.", ["the number one"], "first"),
    ("Ranked #1 by all.", ["Ranked #1"], "first"),
    ("The leading platform for sales.", ["The leading"], "first"),
    ("A market-leading product and a market leader.", ["market-leading", "market leader"], "first"),
    ("Our best-in-class support.", ["best-in-class"], "first"),
    ("The world's largest network.", ["world's largest"], "first"),
    ("The fastest CRM on the market.", ["The fastest CRM on the market"], "first"),
    ("It saves $5,000 a team.", ["$5,000"], "money 5000"),
    ("It saves teams 5,000 euros.", ["5,000 euros"], "money 5000"),
    ("Customers earn €1.2 million more.", ["€1.2 million"], "money 1200000"),
    ("A deal worth $2B.", ["$2B"], "money 2000000000"),
    ("A return of $30k.", ["$30k"], "money 30000"),
]

NO_CLAIMS = [
    "On 3 March 2026 at 10:30, in 2026, by Q3 2026.",
    "Version 3.2, Python 3.11, 3.x and v2.",
    "A screen of 1920x1080, a 4x4 grid, 0x1F and 3 x 5 cm.",
    "We met three times, twice a week, and once more.",
    "One thing at a time, two in one, all in one place.",
    "Step 1 in 3. Two in three weeks. One in five minutes.",
    "The first quarter of 2026, a quarter of an hour, last quarter.",
    "A third of the way, half an hour, half of it.",
    "The plan costs $49 per rep and month, or €500 a year.",
    "A price of $5,000. We pay 300 euros.",
    "To gain time, we pay EUR 20 a month. A plan for USD 3 each.",
    "By a third party, by a quarter past ten, move by half a page.",
    "100% cotton, 100% free, one hundred percent behind it.",
    "Get 20% off, plus 19% VAT, with 3% interest.",
    "A leading edge, leading zeros, this leading to that, the leading cause.",
    "Number one: read. Reason number one. See #1 and #12. Goal number one in writing.",
    "The reason is twofold. Pictures at 1x.",
    "Double-check it, unfold it, manifold ways, a double room.",
    "The best part, the most important thing, the largest of our files.",
    "43 of 46 customers, 41 hours, 612 leads.",
    "Call 555-0100, room 12, page 3 of 5, 24/7.",
    "A file of 5 %20 in a URL.",
]


@pytest.mark.parametrize(("text", "found", "value"), CLAIMS)
def test_claims(text, found, value):
    figured = figures.find_figures(text)
    assert [text[figure.start : figure.end] for figure in figured] == found
    assert {figure.value for figure in figured} == {value}


@pytest.mark.parametrize("text", NO_CLAIMS)
def test_what_claims_nothing(text):
    assert [text[figure.start : figure.end] for figure in figures.find_figures(text)] == []


def test_the_same_figure_in_other_words_has_the_same_value():
    assert figures.list_figure_values("3 in 5, three out of five, 60%, sixty percent") == ("share 3/5",)
