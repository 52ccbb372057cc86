"""The pages of people's accounts, on django-allauth."""
