"""The facts about Mingjian, each a test; the folders are those of the code they are about."""
