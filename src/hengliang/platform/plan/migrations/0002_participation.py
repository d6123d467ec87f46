import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0002_guards'),
        ('parties', '0002_token'),
        ('plan', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Conference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('basis', models.TextField(blank=True, verbose_name='founded by')),
                ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.region', verbose_name='region')),
            ],
            options={
                'verbose_name': 'joint conference',
            },
        ),
        migrations.CreateModel(
            name='Consultation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=300, verbose_name='title')),
                ('lead', models.TextField(blank=True, verbose_name='what is asked')),
                ('opens_on', models.DateField(verbose_name='open from')),
                ('closes_on', models.DateField(verbose_name='open until')),
                ('short_because', models.TextField(blank=True, verbose_name='why the term is short')),
                ('rule_hash', models.CharField(blank=True, max_length=80)),
                ('summary', models.TextField(blank=True, verbose_name='summary')),
                ('state', models.CharField(choices=[('open', 'Open to everybody'), ('closed', 'Closed, with answers'), ('withdrawn', 'Withdrawn')], max_length=16, verbose_name='state')),
                ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                ('plan', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='consultations', to='plan.plan', verbose_name='plan')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.region', verbose_name='region')),
            ],
            options={
                'verbose_name': 'public consultation',
                'indexes': [models.Index(fields=['region', 'state', '-closes_on'], name='consultation_region')],
                'constraints': [models.CheckConstraint(condition=models.Q(('closes_on__gte', models.F('opens_on'))), name='consultation_closes_after_it_opens')],
            },
        ),
        migrations.CreateModel(
            name='ConsultedClause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ordinal', models.PositiveIntegerField()),
                ('number', models.CharField(blank=True, max_length=100, verbose_name='clause')),
                ('text', models.TextField(verbose_name='text')),
                ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='clauses', to='plan.consultation')),
            ],
            options={
                'ordering': ('ordinal',),
                'constraints': [models.UniqueConstraint(fields=('consultation', 'ordinal'), name='consulted_clause_once')],
            },
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('said', models.TextField(verbose_name='comment')),
                ('name', models.CharField(blank=True, max_length=60, verbose_name='name')),
                ('contact', models.CharField(blank=True, max_length=120, verbose_name='contact')),
                ('sender', models.CharField(max_length=64)),
                ('at', models.DateTimeField(verbose_name='received')),
                ('personal', models.BooleanField(default=False, verbose_name='seems to hold personal data')),
                ('shown_text', models.TextField(blank=True, verbose_name='as shown')),
                ('answer', models.TextField(blank=True, verbose_name='answer')),
                ('accepted', models.BooleanField(null=True, verbose_name='taken up')),
                ('state', models.CharField(choices=[('entered', 'Received, to be read'), ('published', 'Shown'), ('answered', 'Answered'), ('withheld', 'Not shown')], max_length=16, verbose_name='state')),
                ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='plan.consultation')),
                ('clause', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='plan.consultedclause')),
            ],
            options={
                'verbose_name': 'comment',
                'indexes': [models.Index(fields=['consultation', 'state', '-at'], name='comment_consultation'), models.Index(fields=['sender', '-at'], name='comment_sender')],
            },
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200, verbose_name='meeting')),
                ('on', models.DateField(verbose_name='held on')),
                ('present', models.JSONField(default=list, verbose_name='present')),
                ('minutes', models.TextField(blank=True, verbose_name='minutes')),
                ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                ('conference', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='plan.conference')),
            ],
            options={
                'verbose_name': 'meeting',
                'ordering': ('-on', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='PlanAssessment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('mid_term', 'Mid-term assessment'), ('final', 'Final assessment')], max_length=10, verbose_name='kind')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='due on')),
                ('conclusion', models.TextField(blank=True, verbose_name='conclusion')),
                ('advice', models.TextField(blank=True, verbose_name='advice')),
                ('state', models.CharField(choices=[('in_work', 'With the assessor'), ('submitted', 'Submitted'), ('accepted', 'Accepted'), ('withdrawn', 'Withdrawn')], max_length=16, verbose_name='state')),
                ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                ('assessor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation', verbose_name='assessor')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='plan.plan')),
                ('snapshot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='plan.snapshot')),
            ],
            options={
                'verbose_name': 'assessment of a plan',
            },
        ),
        migrations.CreateModel(
            name='Resolution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ordinal', models.PositiveSmallIntegerField(default=0)),
                ('text', models.TextField(verbose_name='resolution')),
                ('unit', models.CharField(max_length=200, verbose_name='unit that answers')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='due on')),
                ('state', models.CharField(choices=[('open', 'In work'), ('done', 'Done'), ('dropped', 'Dropped')], max_length=16, verbose_name='state')),
                ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='resolutions', to='plan.meeting')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
            ],
            options={
                'verbose_name': 'resolution',
                'ordering': ('ordinal', 'pk'),
                'indexes': [models.Index(fields=['state', 'due_on'], name='resolution_due')],
            },
        ),
        migrations.CreateModel(
            name='FollowUp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(verbose_name='on')),
                ('says', models.TextField(verbose_name='what was done')),
                ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                ('resolution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='follow_ups', to='plan.resolution')),
            ],
            options={
                'ordering': ('-on', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='TargetOpinion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('grade', models.CharField(choices=[('reached', 'Reached'), ('largely', 'Largely reached'), ('partly', 'Partly reached'), ('not', 'Not reached'), ('cannot_say', 'Can’t be judged on this evidence')], max_length=12, verbose_name='grade')),
                ('opinion', models.TextField(verbose_name='opinion')),
                ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='opinions', to='plan.planassessment')),
                ('target', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plan.plantarget')),
            ],
            options={
                'ordering': ('pk',),
            },
        ),
        migrations.CreateModel(
            name='TypicalPractice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200, verbose_name='practice')),
                ('unit', models.CharField(max_length=200, verbose_name='unit')),
                ('text', models.TextField(verbose_name='what was done, and what came of it')),
                ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='practices', to='plan.planassessment')),
            ],
            options={
                'ordering': ('pk',),
            },
        ),
        migrations.CreateModel(
            name='ConferenceMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='unit')),
                ('part', models.CharField(choices=[('convener', 'Convener'), ('member', 'Member'), ('office', 'Office')], default='member', max_length=10, verbose_name='part')),
                ('joined_on', models.DateField(verbose_name='since')),
                ('left_on', models.DateField(blank=True, null=True, verbose_name='until')),
                ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                ('conference', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='plan.conference')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
            ],
            options={
                'ordering': ('joined_on', 'pk'),
                'constraints': [models.UniqueConstraint(condition=models.Q(('left_on', None)), fields=('conference', 'name'), name='conference_member_once')],
            },
        ),
    ]
