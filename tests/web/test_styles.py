"""The sheet that travels says what the sheets say."""

from flask.testing import FlaskClient

from fieldlog.web.assets import short_sheet


def test_a_space_that_means_within_stays() -> None:
    short = short_sheet(
        "@layer components { .table :is(th, td) { padding: 0 } :is(.a, .b):not(.c) > :last-child { top: 0 } }"
    )
    assert ".table *:is(th,td){padding:0}" in short
    assert ":is(.a,.b):not(.c)>:last-child{top:0}" in short


def test_a_tables_cells_are_reached(client: FlaskClient) -> None:
    assert ".table *:is(th,td)" in client.get("/static/styles.css").text
