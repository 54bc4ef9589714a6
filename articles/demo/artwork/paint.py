"""The palette of the demo's illustrations: a few muted paints, each with its lighter relations."""

PAPER, CREAM, SAND = "#f2ebdd", "#e7dcc8", "#d3c3a6"
INK, SLATE, MIST = "#1d2529", "#56646b", "#a9b4b3"
OXBLOOD, BRICK, ROSE = "#6d1a26", "#99404a", "#cf9a90"
PETROL, TEAL, FOAM = "#16414c", "#3b7480", "#9fc0bf"
OCHRE, STRAW = "#bf8b30", "#e0bd72"
MOSS, LEAF = "#4d5d3a", "#8a9a68"
