"""What leaves the house: records read through the views, made into calendars, cards, lists and sheets."""
