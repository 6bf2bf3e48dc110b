"""A code belongs to the browser that asked for it; the codes under way are asked for anew."""

import uuid

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        migrations.DeleteModel(name="EmailCode"),
        migrations.CreateModel(
            name="EmailCode",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("email", models.EmailField(max_length=254)),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("register", "Register"),
                            ("reset", "Reset"),
                            ("change_email", "Change Email"),
                        ],
                        max_length=12,
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("asker", models.CharField(max_length=80)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("issued_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField()),
                ("tries", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("email"),
                        models.F("purpose"),
                        models.F("number"),
                        name="email_code_numbered",
                    )
                ],
            },
        ),
    ]
