"""The tables of plan: plans, targets, snapshots, assessments, participation."""

import django.contrib.postgres.constraints
import django.db.models.deletion
import hengliang.platform.core.models.dated
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from hengliang.platform.core.at_once import AtOnce


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ("plan", "0001_initial"),
        ("plan", "0002_participation"),
        ("plan", "0003_words_of_assessment"),
    ]
    dependencies = [("core", "0001_tables"), ("parties", "0001_tables")]

    operations = [
        AtOnce(
            migrations.CreateModel(
                name='Achievement',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(max_length=40, verbose_name='kind')),
                    ('level', models.CharField(choices=[('national', 'National'), ('provincial', 'Provincial'), ('municipal', 'Municipal'), ('county', 'County')], max_length=16, verbose_name='level')),
                    ('stage', models.CharField(choices=[('preparation', 'Approved for preparation'), ('completed', 'Approved or completed')], default='completed', max_length=16, verbose_name='stage')),
                    ('name', models.CharField(max_length=200, verbose_name='name')),
                    ('holder', models.CharField(blank=True, max_length=200, verbose_name='holder by name')),
                    ('authority', models.CharField(max_length=200, verbose_name='approved by')),
                    ('document_number', models.CharField(max_length=100, verbose_name='document number')),
                    ('approved_on', models.DateField(verbose_name='date of the document')),
                    ('entered_by', models.BigIntegerField(null=True)),
                    ('state', models.CharField(choices=[('entered', 'Entered, to be confirmed'), ('confirmed', 'Confirmed'), ('refused', 'Not confirmed'), ('withdrawn', 'Withdrawn')], max_length=16, verbose_name='state')),
                    ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation', verbose_name='holder')),
                    ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.region', verbose_name='region')),
                ],
                options={
                    'verbose_name': 'achievement',
                    'indexes': [models.Index(fields=['region', 'kind', 'state'], name='achievement_region')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['entered', 'confirmed'])), fields=('kind', 'level', 'stage', 'name', 'document_number'), name='achievement_once')],
                },
            ),
            migrations.CreateModel(
                name='AchievementStanding',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('valid_from', models.DateField(verbose_name='valid from')),
                    ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid to, exclusive')),
                    ('known_from', models.DateTimeField(verbose_name='known from')),
                    ('known_to', models.DateTimeField(blank=True, null=True, verbose_name='superseded at')),
                    ('achievement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='standings', to='plan.achievement')),
                    ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('ended_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                ],
                options={
                    'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('known_to__isnull', True)), expressions=[(hengliang.platform.core.models.dated.Life('achievement_id', 'valid_from', 'valid_to'), '&&')], name='achievement_standing_once')],
                },
            ),
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
                name='ConferenceMember',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=200, verbose_name='unit')),
                    ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('conference', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='plan.conference')),
                    ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
                ],
                options={
                    'ordering': ('pk',),
                    'constraints': [models.UniqueConstraint(fields=('conference', 'name'), name='conference_member_once')],
                },
            ),
            migrations.CreateModel(
                name='Plan',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('title', models.CharField(max_length=300, verbose_name='title')),
                    ('issuer', models.CharField(blank=True, max_length=200, verbose_name='issued by')),
                    ('issued_on', models.DateField(blank=True, null=True, verbose_name='issued on')),
                    ('starts_on', models.DateField(verbose_name='begins on')),
                    ('ends_on', models.DateField(verbose_name='ends on')),
                    ('text', models.TextField(verbose_name='text')),
                    ('file_name', models.CharField(blank=True, max_length=255, verbose_name='file')),
                    ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                    ('encoding', models.CharField(blank=True, max_length=40, verbose_name='encoding')),
                    ('found', models.JSONField(default=dict, verbose_name='what was mended, refused and not understood')),
                    ('state', models.CharField(choices=[('draft', 'Being confirmed'), ('in_force', 'In force'), ('ended', 'Ended'), ('dropped', 'Dropped')], max_length=16, verbose_name='state')),
                    ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.region', verbose_name='region')),
                ],
                options={
                    'verbose_name': 'plan',
                    'indexes': [models.Index(fields=['region', 'state'], name='plan_region')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gt', models.F('starts_on'))), name='plan_ends_after_it_begins')],
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
                    ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.region', verbose_name='region')),
                    ('plan', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='consultations', to='plan.plan', verbose_name='plan')),
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
                name='Membership',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('valid_from', models.DateField(verbose_name='valid from')),
                    ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid to, exclusive')),
                    ('known_from', models.DateTimeField(verbose_name='known from')),
                    ('known_to', models.DateTimeField(blank=True, null=True, verbose_name='superseded at')),
                    ('part', models.CharField(choices=[('convener', 'Convener'), ('member', 'Member'), ('office', 'Office')], default='member', max_length=10, verbose_name='part')),
                    ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('ended_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='plan.conferencemember')),
                ],
                options={
                    'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('known_to__isnull', True)), expressions=[(hengliang.platform.core.models.dated.Life('member_id', 'valid_from', 'valid_to'), '&&')], name='conference_membership_once')],
                },
            ),
            migrations.CreateModel(
                name='Clause',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ordinal', models.PositiveIntegerField()),
                    ('number', models.CharField(max_length=100, verbose_name='clause')),
                    ('heading', models.CharField(blank=True, max_length=500, verbose_name='heading')),
                    ('text', models.TextField(verbose_name='text')),
                    ('depth', models.PositiveSmallIntegerField(default=1)),
                    ('start', models.PositiveIntegerField()),
                    ('end', models.PositiveIntegerField()),
                    ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='clauses', to='plan.plan')),
                ],
                options={
                    'verbose_name': 'clause',
                    'constraints': [models.UniqueConstraint(fields=('plan', 'ordinal'), name='clause_once')],
                },
            ),
            migrations.CreateModel(
                name='PlanTarget',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('origin', models.CharField(choices=[('extracted', 'Found by the program'), ('added', 'Added by hand from the text')], default='extracted', max_length=16)),
                    ('text', models.TextField(verbose_name='words of the document')),
                    ('start', models.PositiveIntegerField()),
                    ('end', models.PositiveIntegerField()),
                    ('metric', models.CharField(max_length=300, verbose_name='what is measured')),
                    ('comparator', models.CharField(blank=True, choices=[('>=', 'at least'), ('>', 'more than'), ('=', 'equal to'), ('range', 'from … to …')], max_length=8, verbose_name='comparison')),
                    ('goal', models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True, verbose_name='goal')),
                    ('goal_upper', models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True, verbose_name='upper end of a range')),
                    ('unit', models.CharField(blank=True, max_length=20, verbose_name='unit')),
                    ('deadline', models.DateField(blank=True, null=True, verbose_name='by')),
                    ('mode', models.CharField(choices=[('new', 'New in the period'), ('stock', 'In stock on the day'), ('cumulative', 'Cumulative'), ('ratio', 'Share on the day'), ('standing', 'Share that must always hold'), ('qualitative', 'Qualitative goal')], max_length=16, verbose_name='counted as')),
                    ('firmness', models.CharField(choices=[('firm', 'Firm'), ('aspirational', 'Aspirational')], default='firm', max_length=16, verbose_name='firmness')),
                    ('indicator', models.CharField(blank=True, max_length=80, verbose_name='indicator')),
                    ('state', models.CharField(choices=[('found', 'Found, to be confirmed'), ('confirmed', 'Confirmed'), ('dropped', 'Is no target')], max_length=16, verbose_name='state')),
                    ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('clause', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='targets', to='plan.clause')),
                    ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='targets', to='plan.plan')),
                    ('within', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='milestones', to='plan.plantarget')),
                ],
                options={
                    'verbose_name': 'target',
                    'indexes': [models.Index(fields=['plan', 'start'], name='target_place')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('mode', 'qualitative'), models.Q(('state', 'confirmed'), _negated=True), models.Q(('comparator__gt', ''), ('goal__isnull', False)), _connector='OR'), name='target_has_its_goal')],
                },
            ),
            migrations.CreateModel(
                name='GoalRating',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('on', models.DateField(verbose_name='on')),
                    ('grade', models.CharField(choices=[('reached', 'Reached'), ('largely', 'Largely reached'), ('partly', 'Partly reached'), ('not', 'Not reached'), ('cannot_say', 'Can’t be judged on this evidence')], max_length=16, verbose_name='rating')),
                    ('evidence', models.TextField(verbose_name='evidence')),
                    ('dissent', models.TextField(blank=True, verbose_name='dissenting opinion')),
                    ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('target', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ratings', to='plan.plantarget')),
                ],
                options={
                    'verbose_name': 'rating',
                    'indexes': [models.Index(fields=['target', '-on', '-id'], name='goal_rating')],
                },
            ),
            migrations.CreateModel(
                name='PlanTask',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('title', models.CharField(max_length=500, verbose_name='task')),
                    ('measures', models.JSONField(default=list, verbose_name='measures')),
                    ('starts_on', models.DateField(blank=True, null=True, verbose_name='begins on')),
                    ('due_on', models.DateField(blank=True, null=True, verbose_name='due on')),
                    ('state', models.CharField(choices=[('open', 'In work'), ('done', 'Done'), ('dropped', 'Dropped')], max_length=16, verbose_name='state')),
                    ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('clause', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='tasks', to='plan.clause')),
                    ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tasks', to='plan.plan')),
                ],
                options={
                    'verbose_name': 'task',
                    'indexes': [models.Index(fields=['plan', 'state', 'due_on'], name='task_due')],
                },
            ),
            migrations.CreateModel(
                name='ProgressReport',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('unit', models.CharField(max_length=200, verbose_name='reported by')),
                    ('on', models.DateField(verbose_name='on')),
                    ('says', models.TextField(verbose_name='what was done')),
                    ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('task', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='plan.plantask')),
                ],
                options={
                    'verbose_name': 'progress report',
                    'indexes': [models.Index(fields=['task', '-on'], name='progress_report')],
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
                name='Scoring',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('remark', models.TextField(blank=True, verbose_name='remark')),
                    ('entered_by', models.BigIntegerField(null=True)),
                    ('state', models.CharField(choices=[('entered', 'Entered, to be confirmed'), ('confirmed', 'In force'), ('refused', 'Not confirmed'), ('replaced', 'Replaced')], max_length=16, verbose_name='state')),
                    ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scorings', to='plan.plan')),
                ],
                options={
                    'verbose_name': 'weights of a plan',
                    'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'confirmed')), fields=('plan',), name='scoring_one_in_force')],
                },
            ),
            migrations.CreateModel(
                name='ScoringWeight',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('weight', models.DecimalField(decimal_places=2, max_digits=5, verbose_name='weight')),
                    ('each', models.DecimalField(decimal_places=4, max_digits=18, null=True, verbose_name='demanded of each district')),
                    ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('scoring', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='weights', to='plan.scoring')),
                    ('target', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plan.plantarget')),
                ],
                options={
                    'ordering': ('pk',),
                    'constraints': [models.UniqueConstraint(fields=('scoring', 'target'), name='scoring_weight_once'), models.CheckConstraint(condition=models.Q(('weight__gt', 0)), name='scoring_weight_is_positive')],
                },
            ),
            migrations.CreateModel(
                name='Snapshot',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('title', models.CharField(max_length=200, verbose_name='occasion')),
                    ('on', models.DateField(verbose_name='on')),
                    ('known_at', models.DateTimeField(verbose_name='as known at')),
                    ('digest', models.CharField(max_length=64, verbose_name='SHA-256')),
                    ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='snapshots', to='plan.plan')),
                ],
                options={
                    'verbose_name': 'snapshot',
                    'indexes': [models.Index(fields=['plan', '-on', '-id'], name='snapshot_plan')],
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
                    ('state', models.CharField(choices=[('in_work', 'With the assessor'), ('submitted', 'Submitted'), ('accepted', 'Assessment accepted'), ('withdrawn', 'Withdrawn')], max_length=16, verbose_name='state')),
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
                name='SnapshotFigure',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('demand', models.JSONField(verbose_name='what was demanded')),
                    ('indicator', models.CharField(blank=True, max_length=80)),
                    ('rule_hash', models.CharField(blank=True, max_length=80)),
                    ('numerator', models.BigIntegerField(null=True)),
                    ('denominator', models.BigIntegerField(null=True)),
                    ('value', models.DecimalField(decimal_places=4, max_digits=24, null=True)),
                    ('absent', models.CharField(blank=True, max_length=16)),
                    ('rows_hash', models.CharField(blank=True, max_length=64, verbose_name='hash over the rows counted')),
                    ('status', models.CharField(max_length=16)),
                    ('snapshot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='figures', to='plan.snapshot')),
                    ('target', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plan.plantarget')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('snapshot', 'target'), name='snapshot_figure_once')],
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
                name='TaskUnit',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ordinal', models.PositiveSmallIntegerField(default=0)),
                    ('name', models.CharField(max_length=200, verbose_name='unit')),
                    ('role', models.CharField(choices=[('lead', 'Lead'), ('joint', 'Joint')], max_length=8, verbose_name='role')),
                    ('others', models.CharField(blank=True, max_length=200, verbose_name='open class it was named for')),
                    ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
                    ('task', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='units', to='plan.plantask')),
                ],
                options={
                    'ordering': ('ordinal',),
                    'constraints': [models.UniqueConstraint(fields=('task', 'ordinal'), name='task_unit_once')],
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='snapshot',
            trigger=pgtrigger.compiler.Trigger(name='frozen', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='3973fdf1fa51a056647f81441eee4aa330a24d82', operation='UPDATE OR DELETE', pgid='pgtrigger_frozen_a11c0', table='plan_snapshot', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='snapshotfigure',
            trigger=pgtrigger.compiler.Trigger(name='frozen', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='12c3444be7801a2e9ae4678932e95eba4fdc99b9', operation='UPDATE OR DELETE', pgid='pgtrigger_frozen_8e61d', table='plan_snapshotfigure', when='BEFORE')),
        ),
    ]
