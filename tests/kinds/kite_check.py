"""A kind that nobody has seen before, with a field of each sort."""

from fieldlog.actors import Organisation
from fieldlog.fields import Choice, Choices, Count, Flag, Link, Rows, Text, options
from fieldlog.kind import Kind, Section
from fieldlog.labels import Label
from fieldlog.measures import Measure, one

KITE_CHECK = Kind(
    slug="kite-check",
    label=Label("Drakkontroll", "Kite check"),
    noun=Label("kontroller", "checks"),
    icon="car",
    logged_by=(Organisation.POLICE,),
    counts_as=Label("En drake i luften räknas som en.", "One kite in the air counts as one."),
    leading=(Measure("checks", Label("Kontroller", "Checks"), one, "open"),),
    sections=(
        Section(
            Label("Drakar", "Kites"),
            (
                Link(name="control", label=Label("Kontroll", "Control"), to="traffic-control", leaves="unasked"),
                Count(name="kites", label=Label("Drakar", "Kites"), most=50, ask_above=40, required=True),
                Count(name="red_ones", label=Label("Röda", "Red"), at_most="kites", remark=True),
                Flag(name="windy", label=Label("Blåsigt", "Windy")),
                Choice(
                    name="string",
                    label=Label("Lina", "String"),
                    measured=True,
                    options=options(held=("Hel", "Whole"), torn=("Av", "Torn")),
                ),
                Text(
                    name="where_torn",
                    label=Label("Var gick den av?", "Where did it tear?"),
                    required=True,
                    when=("string", "torn"),
                ),
                Choices(name="colours", label=Label("Färger", "Colours"), options=options(red=("Röd", "Red"))),
                Rows(
                    name="tails",
                    label=Label("Svansar", "Tails"),
                    columns=(Count(name="length", label=Label("Längd", "Length")),),
                ),
            ),
        ),
    ),
)
