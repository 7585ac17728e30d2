"""HTML pages in the layouts of real sites: what is read as the page's own words, and what is left out.

The pages in `pages/` speak of vitamin D, calcium and osteoporosis only outside of their main content.
"""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import html5rdf
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nutrigraph.graph_builder.document import BlockKind, Document, Metadata, Reviewer
from nutrigraph.graph_builder.extraction import extract
from nutrigraph.graph_builder.html_page import read_html
from nutrigraph.graph_builder.html_tree import Event, parse
from nutrigraph.graph_builder.page_content import PageContent
from nutrigraph.graph_builder.reading import read_page
from nutrigraph.graph_builder.recognition import Matcher

PAGES = Path(__file__).parent / "pages"
LAYOUTS = sorted(path.name for path in PAGES.glob("*.html"))
CONCEPTS = "https://www.example.org/glossary/concept/"


def layout(name: str) -> Document:
    return read_page(f"pages/{name}", (PAGES / name).read_bytes())


def read(source: str) -> Document:
    return read_html("pages/beta-glucan.html", source, "glossary")


def said(document: Document) -> list[str]:
    """Each block as one line: its kind, but for paragraphs, and its words."""
    marks = {
        BlockKind.PARAGRAPH: "", BlockKind.HEADING: "# ", BlockKind.LIST_ITEM: "- ", BlockKind.CELL: "| ",
        BlockKind.QUOTE: "> ", BlockKind.CODE: "$ ", BlockKind.CAPTION: "^ ", BlockKind.RELATED: "~ ",
    }  # fmt: skip
    return [
        (block.level * "#" + " " if block.kind is BlockKind.HEADING else marks[block.kind]) + block.text.visible
        for block in document.blocks
        if block.kind is not BlockKind.FURNITURE
    ]


EXPECTED = {
    "all-terms.html": """
        # Glossary of nutrition terms
        ## A
        ### Amino acid
        Amino acids are the building blocks of protein.
        ### Antioxidant
        An antioxidant is a substance that protects cells.
        ## B
        ### Body mass index
        Body mass index is a measure of body fat.
        ### Basal metabolic rate
        Basal metabolic rate is measured at rest.
        #### Carbohydrate
        A carbohydrate is a macronutrient.
        #### Calorie
        A calorie is a unit of energy.""",
    "bem.html": """
        # Tryptophan
        Tryptophan is an amino acid.
        > Serotonin is made from tryptophan.
        It is found in turkey.""",
    "bootstrap.html": """
        # Glycemic index
        The glycemic index ranks foods by how they raise blood glucose levels.
        | Food
        | GI
        | Lentils
        | 32
        | White bread
        | 75
        ### Related terms
        ~ Glycemic load
        ~ Carbohydrate""",
    "custom-theme.html": """
        # Cortisol
        /ˈkɔːtɪsɒl/ noun
        Cortisol is a steroid hormone made by the adrenal glands.
        High cortisol can cause weight gain.
        - Cortisol raises blood glucose.
        ## Frequently asked questions
        ### Is cortisol a hormone?
        Cortisol is a hormone.""",
    "dictionary.html": """
        # Ghrelin
        Ghrelin is a hormone that increases appetite. It is secreted by the stomach.
        Also known as: hunger hormone
        Leptin has the opposite effect.
        ~ Leptin
        ~ Insulin""",
    "line-breaks.html": """
        ## Beta-glucan
        Beta-glucan is a soluble fiber. It lowers cholesterol.
        ## Sources
        Oats and barley contain beta-glucan.""",
    "long-biography.html": """
        # Satiety
        Satiety is the feeling of fullness.
        Note: protein increases satiety.""",
    "material.html": """
        # Lycopene
        Lycopene is a carotenoid.
        Tomatoes contain lycopene.""",
    "react.html": """
        # What Is Insulin?
        Insulin is a hormone. It is made by the pancreas.
        ## Types
        There are several types of insulin:
        - rapid-acting insulin
        - long-acting insulin""",
    "squarespace.html": """
        # Fructose
        Fructose is a simple sugar that is found in fruit.
        #### Does fructose raise blood sugar?
        - Fructose does not raise blood glucose levels much.""",
    "unclosed-menu.html": """
        # What is choline?
        Choline is a nutrient that supports the liver.
        Eggs are rich in choline.
        ## FAQ
        ### Is choline a vitamin?
        Choline is not a vitamin.""",
    "amp.html": """
        # Omega-3 fatty acid
        Omega-3 fatty acids are a type of polyunsaturated fat.
        #### Where are they found?
        They are found in oily fish.
        #### What do they do?
        Omega-3 fatty acids lower triglycerides.""",
    "broken.html": """
        # Zinc
        Zinc is a mineral.
        Zinc < 10 mg a day & more than 3 mg is needed.
        Zinc deficiency can cause hair loss.
        ## What does zinc do?
        It supports the immune system.
        - Zinc is found in meat.
        - and in shellfish
        - It helps with wound healing.
        | Meat
        | 5 mg
        | Oysters are rich in zinc.""",
    "divs.html": """
        # Resistant starch
        Resistant starch is a kind of dietary fiber.
        Resistant starch is fermented in the large intestine. It feeds bacteria, which produce short-chain fatty acids.
        ## Which foods contain it?
        Resistant starch is found in:
        - legumes
        - oats
        It does not raise blood glucose levels.
        ## Related Terms
        ~ Dietary fiber
        ~ Gut microbiota""",
    "elementor.html": """
        # Selenium
        Selenium is a trace mineral.
        Selenium supports the thyroid gland.
        ## Which foods contain selenium?
        Brazil nuts are rich in selenium.""",
    "faq.html": """
        # Questions about coeliac disease
        ## What is coeliac disease?
        It is an autoimmune disease.
        ## What triggers it?
        It is triggered by gluten.
        ### How is it treated?
        Coeliac disease is treated with a gluten-free diet.
        #### What is gluten?
        Gluten is a protein found in wheat.
        #### Does rice contain gluten?
        Rice does not contain gluten.""",
    "hugo.html": """
        # Ketone body
        Ketone bodies are produced by the liver from fatty acids.
        Diabetic ketoacidosis is a complication of type 1 diabetes.
        ## How are they measured?
        $ vitamin-d --treats osteoporosis
        Set vitamin D in the meter. They are measured in the blood.
        ## See also
        ~ Glucagon
        ~ Insulin""",
    "mediawiki.html": """
        # Leptin
        | Made by
        | Adipose tissue
        Leptin is a hormone produced by fat cells.[1] It reduces appetite.
        ## Effects
        Leptin acts on the hypothalamus.""",
    "shopify.html": """
        # Psyllium husk
        Psyllium husk is a type of soluble fiber.
        Soluble fiber slows down digestion and helps to lower cholesterol.
        - It can relieve constipation.
        - It is not a source of protein.""",
    "tables.html": """
        # Magnesium
        Magnesium is a mineral.
        Magnesium deficiency can cause fatigue.
        ## Where it is found
        ^ Foods that are sources of magnesium
        | Food
        | mg in 100 g
        | Almonds
        | 270
        | Spinach
        | 79
        | Legumes are a source of magnesium and of dietary fiber.
        | 50
        Magnesium supports bone health.
        ### Hypomagnesemia
        A low level of magnesium in the blood.
        ### Magnesium citrate
        A form of magnesium.""",
    "windows-1252.html": """
        # Caffeine
        Caffeine is found in coffee – “café” – and tea.
        Caffeine can’t cure anything; it raises blood pressure.""",
    "wordpress.html": """
        # Glucagon
        Glucagon is a hormone made by the pancreas.
        ## How does glucagon work?
        It raises blood glucose levels – when they fall too low.
        ^ Glucagon acts on the liver.
        > Glucagon stimulates glycogenolysis.""",
}


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_the_main_content_of_a_layout_and_nothing_else(name: str) -> None:
    assert said(layout(name)) == [line.strip() for line in EXPECTED[name].strip().splitlines()]


@pytest.mark.parametrize(
    "attribute", ["role=doc-toc", "class=screen-reader-text", "class='small header-anchor'", "class=toc", "role=menu"]
)
def test_what_a_page_says_of_an_element_is_believed(attribute: str) -> None:
    page = f"<article><h1>Glucagon</h1><div {attribute}>Osteoporosis</div><p>Glucagon is a hormone.</p></article>"
    assert said(read(page)) == ["# Glucagon", "Glucagon is a hormone."]


@pytest.mark.parametrize(
    "attribute",
    [
        "class=RelatedPosts_list__x7GhQ",  # names that a build makes unique
        "class=_newsletter_1a2b3_12",
        "class=kg-product-card",  # names that begin with those of a theme
        "class=gh-post-upgrade-cta",
        "class=field--name-field-tags",
        "class=govuk-visually-hidden",
        "class=twitter-tweet",
        "data-hook=related-posts",  # names for tests and scripts
        "data-testid=recommended-articles",
        "data-component=NewsletterSignup",
        "aria-label='Related articles'",
    ],
)
def test_parts_that_are_named_as_furniture_are_left_out(attribute: str) -> None:
    page = f"<main><h1>Glucagon</h1><p>Glucagon is a hormone.</p><div {attribute}><p>Calcium heals.</p></div></main>"
    assert said(read(page)) == ["# Glucagon", "Glucagon is a hormone."]


@pytest.mark.parametrize(
    "attribute",
    [
        "class=Block__Item",
        "class=articleText_x7GhQ",
        "class=med-review-method",
        "class=iron-sources",
        "class=post-list",
        "data-testid=article-body",
        "data-hook=post-description",
        "aria-label=Symptoms",
    ],
)
def test_parts_that_are_named_otherwise_stay(attribute: str) -> None:
    page = (
        f"<main><h1>Glucagon</h1><p>Glucagon is a hormone.</p><div {attribute}><p>It raises glucose.</p></div></main>"
    )
    assert said(read(page)) == ["# Glucagon", "Glucagon is a hormone.", "It raises glucose."]


@pytest.mark.parametrize(
    ("attribute", "beside"),
    [
        ("class=elementor-col-66", "class=elementor-col-33"),
        ("class='et_pb_column et_pb_column_2_3'", "class='et_pb_column et_pb_column_1_3'"),
        ("class='lg:w-2/3'", "class='lg:w-1/3'"),
        ("class=nhsuk-grid-column-two-thirds", "class=nhsuk-grid-column-one-third"),
        ("id=maincol", "id=rightcol"),
    ],
)
def test_a_narrow_column_beside_the_text_is_left_out(attribute: str, beside: str) -> None:
    text = f"<div {attribute}><h1>Glucagon</h1><p>Glucagon is a hormone.</p></div>"
    page = f"<div>{text}<div {beside}><h4>Our clinic</h4><p>Calcium is tested on Tuesdays.</p></div></div>"
    assert said(read(page)) == ["# Glucagon", "Glucagon is a hormone."]


def test_a_summary_between_title_and_text_stays() -> None:
    text = "The pancreas makes it. It raises blood glucose where that has fallen too low. " * 3
    hero = "<div class=hero><h1>Glucagon</h1><p>Glucagon is a hormone of the pancreas.</p></div>"
    page = f"{hero}<div class=content-main><p>{text}</p></div><div><p>Ask about calcium.</p></div>"
    assert said(read(page)) == ["# Glucagon", "Glucagon is a hormone of the pancreas.", text.strip()]


@pytest.mark.parametrize(
    "folded",
    [
        "<h3><button aria-expanded=false aria-controls=a1>How is it given?</button></h3><div id=a1 hidden>{}</div>",
        "<button aria-expanded=false><h3>How is it given?</h3></button><div style='display:none'>{}</div>",
        "<dt><button aria-expanded=false>How is it given?</button></dt><dd aria-hidden=true>{}</dd>",
    ],
)
def test_an_answer_that_a_heading_unfolds_is_content(folded: str) -> None:
    page = f"<main><h1>Glucagon</h1><p>Glucagon is a hormone.</p>{folded.format('<p>It is injected.</p>')}</main>"
    assert said(read(page))[2:] == [
        "### How is it given?" if "h3" in folded else "## How is it given?",
        "It is injected.",
    ]
    hidden = "<h2>Uses</h2><p>It raises glucose.</p><button aria-expanded=false>Menu</button><div hidden>Calcium</div>"
    assert "Calcium" not in said(read(f"<main><h1>Glucagon</h1>{hidden}</main>"))


TEXT = "Glucagon is a hormone. It raises blood glucose where that has fallen too low, and the liver answers to it. " * 2


def test_an_email_field_goes_with_the_words_beside_it() -> None:
    letter = "<div><b>Hormone letters</b><p>Calcium news every week.</p><div><input type=email></div></div>"
    page = read(f"<main><h1>Glucagon</h1><p>{TEXT}</p>{letter}<p>The pancreas makes it.</p></main>")
    assert said(page) == ["# Glucagon", TEXT.strip(), "The pancreas makes it."]
    whole = read(f"<main><h1>Glucagon</h1><form><p>{TEXT}</p><input type=email></form></main>")
    assert said(whole) == ["# Glucagon", TEXT.strip()]


def test_what_stands_around_the_article_in_main_but_for_questions() -> None:
    asked = (
        "<section><h2>What is it for?</h2><p>It treats low sugar.</p><h2>Is it safe?</h2><p>It is safe.</p></section>"
    )
    shop = "<section><h2>Backed by science</h2><p>Our calcium strengthens your bones.</p></section>"
    page = read(f"<main><section><article><h1>Glucagon</h1><p>{TEXT}</p></article></section>{shop}{asked}</main>")
    assert said(page) == [
        "# Glucagon", TEXT.strip(), "## What is it for?", "It treats low sugar.", "## Is it safe?", "It is safe."
    ]  # fmt: skip


def test_what_stands_around_the_part_with_the_title_where_nothing_is_marked() -> None:
    bar = "<div class=x1><p>Calcium clinics are open on Saturdays.</p></div>"
    end = "<div class=x3><p>We rank among the best for calcium.</p></div>"
    text = f"<div class=x2><h1>Glucagon</h1><p>{TEXT}</p></div>"
    assert said(read(f"<div>{bar}{text}{end}</div>")) == ["# Glucagon", TEXT.strip()]
    long = f"<div class=x3><h2>Origin</h2><p>{TEXT}</p></div>"
    assert said(read(f"<div>{bar}{text}{long}</div>")) == ["# Glucagon", TEXT.strip(), "## Origin", TEXT.strip()]
    assert said(read(f"<p>{TEXT}</p><h1>Glucagon</h1><p>It raises glucose.</p>"))[0] == TEXT.strip()  # a title below


def test_a_small_box_that_ends_with_an_offer() -> None:
    box = "<div><img><div><p>Index test</p><p>Measure your calcium at home.</p><a href=/kit>Order kit</a></div></div>"
    page = read(f"<main><h1>Glucagon</h1><div><p>{TEXT}</p>{box}<p>It raises glucose.</p></div></main>")
    assert said(page) == ["# Glucagon", TEXT.strip(), "It raises glucose."]
    more = "<div><p>It raises glucose.</p><a href=/glucose>Order of effects on glucose</a></div>"
    assert "It raises glucose." in said(read(f"<main><h1>Glucagon</h1><p>{TEXT}</p><p>{TEXT}</p>{more}</main>"))


def test_the_title_of_the_window_names_the_title_of_a_page_without_h1() -> None:
    text = f"<td><span>Glucagon</span><p>{TEXT}"
    cells = f"<td class=leftpane><p>Calcium is tested at seven.{text}<td class=rightpane><p>Calcium!"
    top = "<tr><td><span>A calcium wing opens in May, say the doctors.</span>"
    page = read(f"<title>Glucagon | Library</title><table>{top}<tr><td><table><tr>{cells}</table></table>")
    assert said(page) == ["# Glucagon", "| " + TEXT.strip()]


def test_what_begins_with_the_name_of_the_author_is_a_biography() -> None:
    page = read(f"<meta name=byl content='By Jo Roe'><h1>Glucagon</h1><p>{TEXT}</p><p>Jo Roe covers calcium.</p>")
    assert page.metadata.author == "Jo Roe"
    assert said(page) == ["# Glucagon", TEXT.strip()]


def test_cited_sources_end_with_their_box() -> None:
    box = "<div><h3>Sources</h3><ul><li>Ito M, et al. Calcium. 2019</ul></div><div><p>It raises glucose.</p></div>"
    page = read(f"<main><h1>Glucagon</h1><p>{TEXT}</p>{box}</main>")
    assert said(page) == ["# Glucagon", TEXT.strip(), "It raises glucose."]


@pytest.mark.parametrize(
    ("words", "is_kept"),
    [
        ("Our content on diabetes is for information only and is not medical advice.", False),
        ("This is no substitute for professional medical advice.", False),
        ("If you liked this story, follow me for more on calcium.", False),
        ("If symptoms do not improve, people need medical care.", True),
        ("Low glucose must not be treated without medical advice.", True),
    ],
)
def test_disclaimers_are_no_statements(words: str, is_kept: bool) -> None:
    page = read(f"<main><h1>Glucagon</h1><p>{TEXT}</p><p>{words}</p></main>")
    assert (words in said(page)) == is_kept


def test_the_card_of_one_other_page() -> None:
    card = (
        "<div><div class=summary-item><h3><a href=/calcium>Calcium and bone</a></h3><p>Calcium is lost.</p></div></div>"
    )
    page = read(f"<main><h1>Glucagon</h1><p>{TEXT}</p>{card}</main>")
    assert said(page) == ["# Glucagon", TEXT.strip()]
    for cards in (card, card * 2):
        terms = read(f"<main><h1>Glucagon</h1><p>{TEXT}</p><h2>Related terms</h2><div>{cards}</div></main>")
        assert terms.related_terms[0] == "Calcium and bone"


def test_a_button_announces_a_box_too() -> None:
    box = "<div><button>How we reviewed this article:</button><div><p>Our experts read about calcium.</p></div></div>"
    page = read(f"<main><h1>Glucagon</h1><p>{TEXT}</p>{box}<p>The pancreas makes it.</p></main>")
    assert said(page) == ["# Glucagon", TEXT.strip(), "The pancreas makes it."]


def test_related_terms_end_with_their_box() -> None:
    box = "<div class=admonition><p>See also</p><p><a href=/calcium>Calcium</a></p></div>"
    table = "<table><tr><td>Hormone<td>Source<tr><td>Glucagon<td>Pancreas</table>"
    page = read(f"<main><h1>Glucagon</h1><h2>Origin</h2><p>{TEXT}</p>{box}{table}</main>")
    assert page.related_terms == ("Calcium",)
    assert said(page)[-4:] == ["| Hormone", "| Source", "| Glucagon", "| Pancreas"]
    assert page.blocks[-1].section == "Origin"


@pytest.mark.parametrize(
    ("box", "inside"),
    [
        ("<dl><dt>Insulin<dd>One of beta cells.<dt>Leptin<dd>One of fat.</dl>", "Leptin"),
        ("<dl><dt>Insulin<dd>One:<dl><dt>Leptin<dd>One of fat.</dl><p>It lowers sugar.</dl>", "Insulin"),
        ("<dl><dt>Insulin<dd>One.</dl><dl><dt>Leptin<dd>One of fat.</dl>", "Leptin"),
        ("<details><summary>Is it safe?</summary><p>It is.</p></details>", "Is it safe?"),
        ("<div><h3>Leptin</h3><p>One of fat.</p></div>", None),
    ],
)
def test_what_follows_a_list_of_definitions_stands_under_the_heading_around(box: str, inside: str | None) -> None:
    shop = "<dl><dd><a href=/shop class=btn>Buy</a></dl>"
    page = read(f"<main><h1>Glucagon</h1>{shop}<h2>Origin</h2>{shop}<p>{TEXT}</p>{box}<p>It is a protein.</p></main>")
    sections = [block.section for block in page.blocks if block.kind is BlockKind.PARAGRAPH]
    assert sections[0] == "Origin"
    assert sections[-2:] == ([inside, "Origin"] if inside else ["Leptin", "Leptin"])


@pytest.mark.parametrize("name", ["gh-content", "sqs-html-content", "content", "entry-content"])
def test_an_element_that_themes_give_the_content_is_the_content(name: str) -> None:
    before = "<div><p>Vitamin D helps to prevent osteoporosis, say doctors.</p></div>"
    text = "Glucagon is a hormone that the pancreas makes. It raises blood glucose where that has fallen too low. " * 2
    page = f"{before}<div class={name}><h1>Glucagon</h1><p>{text}</p></div>"
    assert said(read(page)) == ["# Glucagon", text.strip()]


@pytest.mark.parametrize("name", LAYOUTS)
def test_no_mention_and_no_statement_from_outside_the_main_content(name: str, matcher: Matcher) -> None:
    content = extract(layout(name), matcher, None, CONCEPTS)
    elsewhere = re.compile(r"vitamin d\b|calcium|osteoporosis", re.IGNORECASE)
    assert [mention.text for mention in content.mentions if elsewhere.search(mention.text)] == []
    assert [statement.quote_text for statement in content.statements if "osteoporosis" in statement.quote_text] == []
    assert content.mentions


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "wordpress.html",
            Metadata(
                "Glucagon", "https://www.example.org/glossary/glucagon/", "Moira Ansell",
                Reviewer("Piet Vandersloot", ("MD", "PhD")), "2024-03-01", "2023-11-02", "2024-03-11",
                description="Glucagon explained in plain words.",
            ),
        ),
        (
            "shopify.html",
            Metadata(
                "Psyllium husk", "https://www.example.org/glossary/psyllium", "Ines Corrado",
                Reviewer("Dr. Farid Nazari", ("MD",)), "2023-09-02", "2022-08-19",
            ),
        ),
        (
            "hugo.html",
            Metadata(
                "Ketone body", "https://www.example.org/glossary/ketone-body/", published="2021-04-05",
                aliases=("Ketones",), description="What ketone bodies are.",
            ),
        ),
        ("mediawiki.html", Metadata("Leptin", "https://www.example.org/glossary/Leptin")),
        ("tables.html", Metadata("Magnesium")),
        ("faq.html", Metadata("Questions about coeliac disease")),
        (
            "amp.html",
            Metadata(
                "Omega-3 fatty acid", "https://www.example.org/glossary/omega-3", "Lena Brandt, Ugo Sereni",
                Reviewer("Dr Ama Boateng", ("MD",)), published="2020-01-31",
            ),
        ),
        ("divs.html", Metadata("Resistant starch", reviewer=Reviewer("Sunniva Aakre", ("Ph.D.", "RD")))),
        ("broken.html", Metadata("Zinc")),
        ("windows-1252.html", Metadata("Caffeine", author="Zoë Müller")),
        ("elementor.html", Metadata("Selenium", "https://www.example.org/glossary/selenium/", "Noor El-Amin")),
        ("bem.html", Metadata("Tryptophan", reviewer=Reviewer("Omar Haddad", ("MD",)), reviewed="2023-12-25")),
        (
            "bootstrap.html",
            Metadata("Glycemic index", reviewer=Reviewer("Amara Osei", ("PhD", "RDN")), reviewed="2024-01-05"),
        ),
        (
            "custom-theme.html",
            Metadata("Cortisol", author="Ben Ito", reviewer=Reviewer("Dr. Ana Lima"), reviewed="2023-07-04"),
        ),
        ("dictionary.html", Metadata("Ghrelin", modified="2022-05-03")),
        ("line-breaks.html", Metadata("line breaks")),
        ("long-biography.html", Metadata("Satiety", author="Jane Roe", published="2024-02-01")),
        (
            "react.html",
            Metadata(
                "What Is Insulin?", author="Jane Roe", reviewer=Reviewer("Kelly Woodruff", ("MD",)),
                modified="2023-03-03",
            ),
        ),
        ("insulin.html", Metadata("Insulin", reviewer=Reviewer("Tamsin Okafor-Lind", ("Ph.D.", "RD")))),
    ],
)  # fmt: skip
def test_what_a_layout_says_of_itself(name: str, expected: Metadata) -> None:
    assert layout(name).metadata == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("<time datetime=2024-05-03T08:00:00Z>May 3</time>Jane Roe", {"published": "2024-05-03"}),
        ("<div class=blog-post__timestamp>Mar 28, 2023 9:00:00 AM</div>", {"published": "2023-03-28"}),
        ("<div class=post-updated-date>Tuesday, May 21, 2019</div>", {"modified": "2019-05-21"}),
        ("<p>By webteam, 3 October, 2022</p>", {"published": "2022-10-03"}),
        (
            "<p class=post-meta>by <a>Jo</a> | <span>Feb 8, 2023</span> | <a>Glossary</a></p>",
            {"published": "2023-02-08"},
        ),
        ("<dl><dt>Last reviewed</dt><dd>20 November 2023</dd></dl>", {"reviewed": "2023-11-20"}),
        ("<p>Page last reviewed: 12 May 2023 <br>Next review due: 12 May 2026</p>", {"reviewed": "2023-05-12"}),
        (
            "<p>Reviewed by Jane Roe, MS, RDN. Last reviewed: February 2022</p>",
            {"reviewed": "2022-02", "reviewer": Reviewer("Jane Roe", ("MS", "RDN"))},
        ),
        (
            "<div itemscope itemtype=http://schema.org/BlogPosting><abbr class=published itemprop=datePublished "
            "title=2019-05-21T11:02:00-07:00>11:02 AM</abbr></div>",
            {"published": "2019-05-21"},
        ),
        ("<p>Medical expert: Mira Tan, physician</p>", {"reviewer": Reviewer("Mira Tan", ("physician",))}),
        (
            "<p><em>Reviewed by: Jo Roe, MD<br>Last review date: May 3, 2015</em></p>",
            {"reviewed": "2015-05-03", "reviewer": Reviewer("Jo Roe", ("MD",))},
        ),
        ("<p><span>Reviewed by</span><b>Jo Roe</b></p>", {"reviewer": Reviewer("Jo Roe")}),
        (
            "<div class=panel-reviews><p>Medically reviewed by Jo Roe, MD, on May 3, 2015</p></div>",
            {"reviewed": "2015-05-03", "reviewer": Reviewer("Jo Roe", ("MD",))},
        ),
        ("<p>Jo Roe</p><p>February 20, 2024</p>", {"published": "2024-02-20"}),
        ("<p>Created by Jo Roe, last modified on Mar 07, 2024</p>", {"modified": "2024-03-07"}),
        ("<p>Glucagon was isolated in May 1923.</p>", {}),
        ("<p>" + "</p><p>It raises glucose.</p><p>" * 9 + "<time datetime=1923-05-03>May 3</time></p>", {}),
    ],
)
def test_dates_as_pages_write_them(written: str, expected: dict[str, object]) -> None:
    page = read(f"<article><h1>Glucagon</h1>{written}<p>Glucagon is a hormone.</p></article>")
    values = {key: getattr(page.metadata, key) for key in ("published", "modified", "reviewed", "reviewer")}
    assert {key: value for key, value in values.items() if value is not None} == expected


def test_names_in_scripts_without_capitals() -> None:
    page = read("<head><meta name=author content='רות אלון'></head><h1>Glucagon</h1><p>Glucagon is a hormone.</p>")
    assert page.metadata.author == "רות אלון"


def test_related_terms_and_links() -> None:
    assert layout("hugo.html").related_terms == ("Glucagon", "Insulin")
    assert layout("divs.html").related_terms == ("Dietary fiber", "Gut microbiota")
    links = [
        (block.text.visible[link.start : link.end], link.target)
        for block in layout("mediawiki.html").blocks
        for link in block.links
    ]
    assert links == [("hormone", "/wiki/Hormone"), ("fat cells", "/wiki/Fat_cell"), ("[1]", "#cite_note-1")]


def test_the_same_words_in_text_and_html_say_the_same(matcher: Matcher) -> None:
    text = (files("nutrigraph") / "example" / "pages" / "insulin.txt").read_bytes()
    plain = extract(read_page("pages/insulin.txt", text), matcher, None, CONCEPTS)
    marked = extract(layout("insulin.html"), matcher, None, CONCEPTS)

    def statements(content: PageContent) -> list[tuple[str, ...]]:
        return [
            (s.subject.concept, s.predicate, s.object.concept, s.modality, " ".join(s.quote_text.split()))
            for s in content.statements
        ]

    assert statements(marked) == statements(plain)
    assert [(m.text, m.concept) for m in marked.mentions] == [(m.text, m.concept) for m in plain.mentions]


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_position_is_a_slice_of_the_source(name: str, matcher: Matcher) -> None:
    document = layout(name)
    content = extract(document, matcher, None, CONCEPTS)
    for mention in content.mentions:
        assert document.source[mention.start : mention.end] == mention.surface
        assert seen(mention.surface) == " ".join(mention.text.split())
    for statement in content.statements:
        assert document.source[statement.start : statement.end] == statement.quote
        words = statement.quote_text.replace(" - ", " ")  # a list that a sentence introduces is read as part of it
        assert seen(statement.quote).replace(" ", "") == "".join(words.split())


def seen(raw: str) -> str:
    """What a browser shows of a piece of a source, white space folded."""
    fragment = html5rdf.parseFragment(raw, container="div", treebuilder="etree")
    return " ".join("".join(fragment.itertext()).split())


PIECES = st.sampled_from(
    [
        *("<p>", "</p>", "<div>", "</div>", "<div class=sidebar>", "<main>", "</main>", "<article>", "<br>", "<br/>"),
        *("<h1>", "</h1>", "<h2 id=a>", "</h3>", "<ul>", "<li>", "</ul>", "<ol><li>", "<dl><dt>", "<dd>", "</dl>"),
        *("<table>", "<tr>", "<td>", "</td>", "</table>", "<caption>", "<blockquote>", "<pre>", "</pre>", "<code>"),
        *(
            "<a href=x>",
            '<a href="y&amp;z">',
            "</a>",
            "<b>",
            "</b>",
            "<i>",
            "</span>",
            "<q cite='>'>",
            "<nav>",
            "</nav>",
        ),
        *(
            "<!-- x -->",
            "<!-->",
            "<!--",
            "-->",
            "<!doctype html>",
            "<?php ?>",
            "<![CDATA[x]]>",
            "</>",
            "<",
            ">",
            "</ p>",
        ),
        *(
            "<script>a<b</script>",
            "<style>",
            "</style>",
            "<title>T</title>",
            "<textarea>",
            "</textarea>",
            "<svg>",
            "</svg>",
        ),
        *(
            "<details>",
            "<summary>",
            "<button>",
            "</button>",
            "<form>",
            "<figure>",
            "<figcaption>",
            "<footer>",
            "<header>",
        ),
        *(
            '<p title="',
            "<b title='>'>",
            '<i x=a"b y="<p>">',
            "'",
            '"',
            "=",
            "/",
            "<a b",
            "&amp;",
            "&lt",
            "&notit;",
            "&#0;",
            "&#x41;",
            "&#",
            "&nbsp;",
            "&shy;",
        ),
        *(
            "&NotEqualTilde;",
            "a",
            "b c",
            "Insulin is a hormone.",
            "beta cells",
            "What is it?",
            "Related terms",
            "\n",
            "  ",
        ),
        *(
            "\n\n",
            "\r\n",
            "\t",
            "\u00a0",
            "\u00ad",
            "\u200b",
            "😀",
            "\x0c",
            "Reviewed by: A B, MD",
            "See also: a, b",
            ": ",
        ),
        *(
            "[caption id=x]",
            "[/caption]",
            "]]>",
            "<p hidden>",
            "<div itemscope itemtype=schema.org/Article itemprop=name>",
        ),
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=60))
def test_every_visible_character_has_its_place(source: str) -> None:
    document = read(source)
    for block in document.blocks:
        visible = block.text.visible
        assert visible == visible.strip()
        before = 0
        for index, character in enumerate(visible):
            start, end = block.text.source_span(index, index + 1)
            if start < before:  # an entity that stands for two characters
                assert (start, end) == block.text.source_span(index - 1, index)
            assert 0 <= start < end <= len(source)
            span = source[start:end]
            assert span == character or character == " " or re.fullmatch(r"&[#\w]+;?", span)
            before = end
        for start, end in (*((link.start, link.end) for link in block.links), *block.protected):
            assert 0 <= start < end <= len(visible)


TAME = PIECES.filter(
    lambda piece: not re.search(r"<(svg|/svg|\?|table|/table|tr|td|/td|caption|form|a b)|CDATA|0|title=.$", piece)
)


@settings(max_examples=200, deadline=None)
@given(st.lists(TAME, max_size=25).map("".join))
@example("<p><code><p><textarea><p>")
def test_texts_are_those_that_the_html_standard_finds(source: str) -> None:
    """html5rdf builds its tree by the HTML standard. Tables are left out: it moves text out of them, we
    don't; and quotes that are never closed: they swallow the page there, and end with their tag here."""
    source = "<!doctype html><body>" + source
    tree = html5rdf.parse(source, treebuilder="etree", namespaceHTMLElements=False)
    unseen = {"script", "style", "textarea", "title"}
    for element in list(tree.iter()):
        if element.tag in unseen or not isinstance(element.tag, str):
            element[:] = ()  # what was open before a text area is opened again inside it
            element.text = ""
    expected = "".join(tree.itertext())
    texts = "".join(source[start:end] for what, _, start, end in parse(source).events if what is Event.TEXT)
    found = html5rdf.parseFragment(texts.replace("<", "&lt;"), treebuilder="etree")
    assert "".join("".join(found.itertext()).split()) == "".join(expected.split())


@pytest.mark.no_cover
@pytest.mark.parametrize(
    "attack",
    [
        "<div>" * 100_000 + "Insulin is a hormone." + "</div>" * 100_000,
        "<div>a" * 5_000,
        "<ul><li>a" * 4_000,
        "<b>a" * 5_000 + "</i>" * 5_000,
        "<table><tr><td>a" * 3_000,
        "<h2><a href=x>a</a><div class=sidebar>a." * 5_000,
        "<p class=author>a</p><nav>" * 10_000,
        '<a b="' * 50_000,
        "<!--" * 50_000,
        "<svg><p>" * 10_000,
        "&" * 50_000 + "&#" * 50_000,
        "<script type=application/ld+json>" + '{"a":[' * 50_000,
        "<div>Share" * 4_000,
        "<div><h2><a href=b>Related</a></h2>" * 5_000,
        "<table>" + "<tr><th>Date<td>May" * 4_000,
        "<p>Jane Roe, " + "Ab, " * 20_000,
        "<div>" * 5_000 + "<p>a</p><nav><a href=b>b</a></nav>" * 2_000,
        "<section><ul>" + "<li><h3><a href=b>a</a></h3><p>c</p></li></ul><ul>" * 4_000,
    ],
)
def test_hostile_nesting_is_read(attack: str) -> None:
    assert read(attack).source == attack
