"""What a page is taken to state: the constructions of definitional English, and the traps in it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutrigraph.graph_builder.extraction import extract
from nutrigraph.graph_builder.page_content import PageContent
from nutrigraph.graph_builder.reading import read_page
from nutrigraph.graph_builder.recognition import Matcher
from nutrigraph.graph_builder.statement import DIFFERENT_KINDS, NOT_OF_PEOPLE
from nutrigraph.ontology.concept import Concept
from nutrigraph.ontology.vocabulary import Vocabulary
from tests.graph_builder.said import Said

CONCEPTS = "https://www.example.org/glossary/concept/"
Page = Callable[[str], PageContent]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # copula, apposition, brackets
        ("Glucagon is a hormone.", {"glucagon is_a hormone"}),
        (
            "The pancreas, an organ behind the ribs, makes insulin.",
            {"pancreas is_a organ", "pancreas produces insulin"},
        ),
        ("Many people lack the mineral iron.", {"iron is_a mineral"}),
        ("Type 1 diabetes is a form of diabetes.", {"type-1-diabetes is_a diabetes-mellitus"}),
        ("lactase: an enzyme", {"lactase is_a enzyme"}),
        ("Amylase – an enzyme in saliva.", {"amylase is_a enzyme", "amylase located_in saliva"}),
        # examples and lists
        ("Hormones such as leptin and ghrelin act quickly.", {"leptin is_a hormone", "ghrelin is_a hormone"}),
        (
            "Two types of carbohydrates are starch and fiber.",
            {"starch is_a carbohydrate", "dietary-fiber is_a carbohydrate"},
        ),
        ("Causes of anemia include malnutrition.", {"malnutrition causes anemia"}),
        # voice, relative clauses, participles
        ("Glucagon is secreted by alpha cells.", {"alpha-cell produces glucagon"}),
        (
            "Insulin is a hormone that lowers blood sugar.",
            {"insulin is_a hormone", "insulin decreases blood-glucose-level"},
        ),
        (
            "Leptin is a hormone made by fat tissue which regulates satiety.",
            {"leptin is_a hormone", "adipose-tissue produces leptin", "leptin regulates satiety"},
        ),
        ("Rickets results from a lack of vitamin D.", {"vitamin-d-deficiency causes rickets"}),
        # several verbs, one subject
        ("The liver stores glycogen and produces bile.", {"glycogen located_in liver", "liver produces bile"}),
        # modality
        ("Smoking may cause stroke.", {"smoking causes stroke (hedged)"}),
        ("Metformin does not cause hypoglycemia.", {"metformin causes low-blood-glucose (negated)"}),
        ("Prediabetes usually has no symptoms.", {"prediabetes has_manifestation symptom (negated)"}),
    ],
)
def test_definitional_english_is_understood(said: Said, text: str, expected: set[str]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # what is explained behind a comma, and what the explanation goes on to say
        (
            "Insulin, the main hormone of the pancreas, lowers blood sugar.",
            {"insulin is_a hormone", "pancreas produces insulin", "insulin decreases blood-glucose-level"},
        ),
        ("Smoking, a leading cause of stroke, is common.", {"smoking causes stroke"}),
        # the object of a relative clause stands before it
        ("Insulin is a hormone that the pancreas makes.", {"insulin is_a hormone", "pancreas produces insulin"}),
        # several verbs, one subject; a shared auxiliary
        (
            "Obesity raises blood pressure, damages the arteries and causes stroke.",
            {"obesity increases blood-pressure", "obesity affects artery", "obesity causes stroke"},
        ),
        (
            "Smoking can damage the lungs and cause stroke.",
            {"smoking affects lung (hedged)", "smoking causes stroke (hedged)"},
        ),
        # what is rich in something acts by it; what is low in it, or only named beside it, does not
        ("A diet high in salt raises blood pressure.", {"salt increases blood-pressure"}),
        ("A diet low in salt raises blood pressure.", set()),
        # another name is not another thing, one of a class is not the class
        ("The liver makes a hormone called hepcidin.", {"hepcidin is_a hormone", "liver produces hepcidin"}),
        # members of a class
        (
            "Almonds and other nuts contain magnesium.",
            {"almond is_a nut", "nut contains magnesium", "almond contains magnesium"},
        ),
        (
            "Hormones, such as leptin and ghrelin, regulate satiety.",
            {
                "leptin is_a hormone",
                "ghrelin is_a hormone",
                "hormone regulates satiety",
                "leptin regulates satiety",
                "ghrelin regulates satiety",
            },
        ),
        # the class comes first
        ("The disaccharides are sucrose and lactose.", {"sucrose is_a disaccharide", "lactose is_a disaccharide"}),
        # whose symptoms they are; what something is made beside, it is not
        (
            "A lack of iron causes anemia, whose symptoms include dizziness and fatigue.",
            {
                "iron-deficiency causes anemia",
                "anemia has_manifestation dizziness",
                "anemia has_manifestation fatigue",
            },
        ),
        (
            "Glucagon, a hormone made alongside insulin, raises blood sugar.",
            {"glucagon is_a hormone", "glucagon increases blood-glucose-level"},
        ),
        # what is lacking, and what is done to it
        ("A deficiency of folate or starch causes anemia.", {"folate-deficiency causes anemia"}),
        (
            "A deficiency of folate or iron causes anemia.",
            {"folate-deficiency causes anemia", "iron-deficiency causes anemia"},
        ),
        # a past tense is no passive; "not enough" is not "not"
        ("Metformin improved insulin sensitivity.", {"metformin increases insulin-sensitivity"}),
        ("The pancreas does not make enough insulin.", set()),
    ],
)
def test_clauses_are_followed_to_what_they_are_said_of(said: Said, text: str, expected: set[str]) -> None:
    assert said(text) == expected


def test_a_process_that_no_vocabulary_knows_is_a_candidate(page: Page) -> None:
    (statement,) = page("Insulin promotes the storage of fat.").statements
    assert (statement.predicate, statement.object.candidate) == ("increases", True)
    assert statement.object.surface == "storage of fat"


@pytest.mark.parametrize(
    "text", ["In mice, metformin lowers blood sugar.", "Animal studies show that metformin lowers blood sugar."]
)
def test_what_was_found_in_animals_waits_for_a_person(page: Page, text: str) -> None:
    (statement,) = page(text).statements
    assert statement.flags == (NOT_OF_PEOPLE,)


def test_a_question_above_a_list_is_read_with_it(said: Said) -> None:
    text = "# Anemia\n\n## What are the symptoms of anemia?\n\n- fatigue\n- dizziness\n"
    assert said(text) == {"anemia has_manifestation fatigue", "anemia has_manifestation dizziness"}


def test_items_that_go_on_from_a_colon_have_its_subject(said: Said) -> None:
    text = "Cortisol:\n\n- raises blood sugar\n- regulates metabolism\n"
    assert said(text) == {"cortisol increases blood-glucose-level", "cortisol regulates metabolism"}


def test_it_is_never_a_plural(said: Said) -> None:
    text = "What is glucagon?\n\nGlucagon is a hormone. Alpha cells are scattered. It raises blood sugar."
    assert "glucagon increases blood-glucose-level" in said(text)


@pytest.mark.parametrize(
    "text",
    [
        "Insulin and glucagon are measured on the same day.",
        "The pancreas makes enzymes, while type 2 diabetes has other causes.",
        "Ask your doctor whether metformin treats diabetes.",
        "Does insulin lower blood sugar?",
        "If smoking causes stroke, then nobody knows it.",
        "You should eat fiber.",
    ],
)
def test_nearness_advice_questions_and_suppositions_state_nothing(said: Said, text: str) -> None:
    assert not {line for line in said(text) if "produces" not in line}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Neither smoking nor obesity causes rickets.",
            {"smoking causes rickets (negated)", "obesity causes rickets (negated)"},
        ),
        ("Metformin never cures obesity.", {"metformin treats obesity (negated)"}),
        ("It is believed that smoking causes stroke.", {"smoking causes stroke (hedged)"}),
        ("It is a myth that sugar causes obesity.", set()),
        ("There is no good evidence that vitamin C prevents stroke.", set()),
        ("If insulin caused obesity, metformin would treat stroke.", set()),
        ("Smoking is unlikely to cause stroke.", {"smoking causes stroke (negated)"}),
        ("The pancreas stops producing insulin.", {"pancreas produces insulin (negated)"}),
        ("Some people believe that sugar causes obesity.", {"sugar causes obesity (hedged)"}),
        ("Nothing proves that smoking causes stroke.", set()),
        ("Obesity is common, so it may cause stroke.", {"obesity causes stroke (hedged)"}),
        ("Insulin not only lowers blood sugar.", {"insulin decreases blood-glucose-level"}),
    ],
)
def test_what_is_denied_or_doubted_is_not_asserted(said: Said, text: str, expected: set[str]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    "text", ["Insufficient iron causes anemia.", "Losing water reduces obesity.", "Excess iron damages the liver."]
)
def test_what_is_said_of_too_little_or_too_much_is_not_said_of_the_thing(said: Said, text: str) -> None:
    assert said(text) == set()


def test_an_object_pronoun_stands_for_the_object_before(said: Said) -> None:
    expected = {"insulin decreases blood-glucose-level", "glucagon increases blood-glucose-level"}
    assert said("Insulin lowers blood sugar, and glucagon raises it.") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Its most common cause is iodine deficiency.", {"iodine-deficiency causes hypothyroidism"}),
        ("Its main cause in adults is iodine deficiency.", {"iodine-deficiency causes hypothyroidism"}),
        ("Iodine deficiency is its most frequent cause.", {"iodine-deficiency causes hypothyroidism"}),
        ("The cause of anemia is iron deficiency.", {"iron-deficiency causes anemia"}),
        ("The main symptom is fatigue.", {"hypothyroidism has_manifestation fatigue"}),
        ("Symptoms may include dizziness.", {"hypothyroidism has_manifestation dizziness (hedged)"}),
        ("Complications include stroke.", {"hypothyroidism causes stroke"}),
        ("Common symptoms are fatigue.", {"hypothyroidism has_manifestation fatigue"}),
        ("Treatment consists of levothyroxine.", {"levothyroxine treats hypothyroidism"}),
        ("The cause is a gland.", set()),
        (
            "Symptoms include fatigue. Complications include stroke.",
            {"hypothyroidism has_manifestation fatigue", "hypothyroidism causes stroke"},
        ),
    ],
)
def test_what_a_sentence_leaves_unsaid_is_what_its_section_is_about(said: Said, text: str, expected: set[str]) -> None:
    assert said(f"# Hypothyroidism\n\n{text}") == expected


def test_they_are_never_a_singular(said: Said) -> None:
    text = "# Ketones\n\nInsulin comes from the pancreas. They raise blood pressure."
    assert "insulin increases blood-pressure" not in said(text)


def test_one_thing_by_two_names_is_no_plural(said: Said) -> None:
    text = "The glycemic index, or GI for short, ranks foods by how quickly they raise blood sugar."
    assert "glycemic-index increases blood-glucose-level" not in said(text)


def test_they_are_not_the_first_of_several(said: Said) -> None:
    text = "# Zinc\n\nBeans and nuts contain zinc. They may prevent stroke."
    assert said(text) == {"bean contains zinc", "nut contains zinc"}


def test_a_pronoun_stands_for_what_has_side_effects(said: Said) -> None:
    text = "# Type 2 diabetes\n\nSide effects of metformin include nausea. It causes diarrhea."
    assert said(text) == {"metformin causes nausea", "metformin causes diarrhea"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The DASH diet, which is full of fruits, lowers it.",
            {"dash-diet contains fruit", "dash-diet decreases blood-pressure"},
        ),
        ("Sleep apnea often occurs with it.", {"sleep-apnea associated_with blood-pressure"}),
        ("People take statins to lower LDL cholesterol.", {"statin decreases ldl-cholesterol-level"}),
        ("People eat carbohydrates to raise glycogen.", {"carbohydrate increases glycogen-level"}),
        ("Prediabetes means that blood sugar is high.", set()),
    ],
)
def test_what_acts_and_what_it_acts_on(said: Said, text: str, expected: set[str]) -> None:
    assert said(f"# Blood pressure\n\n{text}") == expected


def test_the_class_stands_for_what_is_spoken_of(said: Said) -> None:
    assert said("# Ketogenic diet\n\nThe diet causes constipation.") == {"ketogenic-diet causes constipation"}
    assert said("# Ketogenic diet\n\nThe diet of sailors causes constipation.") == {"diet causes constipation"}


def test_what_has_a_name_of_its_own_shares_no_others(said: Said) -> None:
    assert said("Pregnancy and blood loss cause anemia.") == {"pregnancy causes anemia", "bleeding causes anemia"}


def test_what_is_done_to_it_is_no_process_of_everything(said: Said) -> None:
    assert said("# Zinc\n\nCoffee reduces its absorption.") == {"coffee decreases zinc-absorption"}


def test_what_counts_or_ranks_is_no_part_of_a_term(page: Page) -> None:
    (term,) = page("The two main quokkas are zinc and iron.").candidates
    assert term.label == "Quokkas"


def test_an_object_pronoun_is_never_its_own_subject(said: Said) -> None:
    text = "# Cortisol\n\nStress matters. Leptin does not lower it."
    assert said(text) == {"leptin decreases cortisol-level (negated)"}
    text = "# Iron\n\nDoctors diagnose anemia. Iron supplements treat it."
    assert "iron-supplement treats anemia" in said(text)


def test_a_pronoun_stands_for_what_was_spoken_of(said: Said, page: Page) -> None:
    text = "What is glucagon?\n\nIt is a hormone. It is secreted by alpha cells."
    assert said(text) == {"glucagon is_a hormone", "alpha-cell produces glucagon"}
    assert all(s.subject.resolved or s.object.resolved for s in page(text).statements)


def test_a_list_is_read_with_the_sentence_that_introduces_it(said: Said, page: Page) -> None:
    text = "Risk factors for stroke include:\n\n- smoking\n- obesity\n"
    assert said(text) == {"smoking risk_factor_for stroke", "obesity risk_factor_for stroke"}
    for statement in page(text).statements:
        assert text[statement.start : statement.end] == statement.quote
        assert statement.subject.start is not None
        assert statement.quote[statement.subject.start : statement.subject.end] == statement.subject.surface


def test_two_kinds_called_the_same_are_marked_for_a_person(page: Page) -> None:
    (device,) = page("An insulin pump is also known as insulin pump therapy.").statements
    assert (device.predicate, device.flags) == ("same_as", (DIFFERENT_KINDS,))


def test_reviewer_shop_and_banner_state_nothing(page: Page) -> None:
    text = (
        "Introducing Glucomax! Insulin lowers blood sugar better than ever.\n\n"
        "What is leptin?\n\nLeptin is a hormone.\n\n"
        "Medically reviewed by:\n\nJo Doe, PhD, RD\n\n"
        "Jo studies how obesity causes type 2 diabetes. Insulin resistance causes stroke.\n"
    )
    content = page(text)
    assert [(s.subject.label, s.object.label) for s in content.statements] == [("Leptin", "Hormone")]
    assert {m.text for m in content.mentions} == {"leptin", "Leptin", "hormone"}


def test_where_something_moves_is_kept(page: Page) -> None:
    (statement,) = page("Lipoproteins carry cholesterol from the liver to the tissues.").statements
    assert statement.predicate == "transports"
    assert {(q.role, q.concept.split("/")[-1]) for q in statement.qualifiers} == {("from", "liver"), ("to", "tissue")}


def test_the_same_words_give_the_same_ids_and_a_repeated_sentence_its_own(page: Page) -> None:
    once, twice = page("Leptin is a hormone."), page("Leptin is a hormone.\n\nLeptin is a hormone.")
    assert [s.id for s in once.statements] == [s.id for s in twice.statements][:1]
    assert len({s.id for s in twice.statements}) == 2


def test_a_better_vocabulary_leaves_the_ids_as_they_are(matcher: Matcher, bundled: Vocabulary) -> None:
    """A decision on a statement holds whatever its concepts are called later."""
    text = "What is osteoporosis?\n\nRisk factors include smoking and malnutrition.\n"
    own = Concept(CONCEPTS + "brittle-bones", "Brittle bone disease", alt_labels=("osteoporosis",))
    document = read_page("pages/page.txt", text.encode("utf-8"))
    before, after = (
        {s.id for s in extract(document, one, None, CONCEPTS).statements if s.predicate == "risk_factor_for"}
        for one in (matcher, Matcher(bundled.with_pages([own])))
    )
    assert before == after
    assert len(before) == 2


_WORDS = st.sampled_from(
    "insulin the pancreas produces , . ( ) and or is a hormone that which not may of in to be known as such it - : ; "
    "blood sugar levels are too high by cells because if diabetes causes include risk factors for “ ” é\n\n".split(" ")
)


@given(st.lists(_WORDS, max_size=40).map(" ".join))
def test_whatever_the_text_every_span_is_a_slice_of_the_source(page: Page, text: str) -> None:
    content = page(text)
    for s in content.statements:
        assert text[s.start : s.end] == s.quote
        for end in (s.subject, s.object):
            assert end.start is None or s.quote[end.start : end.end] == end.surface
    for m in content.mentions:
        assert text[m.start : m.end] == m.surface
