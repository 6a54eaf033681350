"""What stands where in a plan is counted from an index alone."""

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_improvement_action_standing", "improvement_action")
    op.create_index("ix_improvement_action_standing", "improvement_action", ["plan_id", "state", "review", "due", "region"])


def downgrade() -> None:
    op.drop_index("ix_improvement_action_standing", "improvement_action")
    op.create_index("ix_improvement_action_standing", "improvement_action", ["plan_id", "state", "due"])
