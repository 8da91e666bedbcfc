"""An account (账号): the means by which one person acts. An account is not a person."""
