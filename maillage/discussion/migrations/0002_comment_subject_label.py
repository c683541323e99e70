from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("discussion", "0001_comments_mentions_watches"),
    ]

    operations = [
        migrations.AddField(
            model_name="comment",
            name="subject_label",
            field=models.CharField(default="", max_length=320, verbose_name="objet"),
            preserve_default=False,
        ),
    ]
