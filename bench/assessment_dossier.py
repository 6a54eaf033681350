"""How long the dossier of a round takes, and how much memory. Run inside a house (see bench/assessment_data.py): python -m … NUMBER"""

import io
import os
import resource
import sys
import time


def main() -> None:
    """Print the seconds and the megabytes that the process had at most."""
    from ccc_pilot import config, create_app
    from ccc_pilot.assessment import dossier
    from ccc_pilot.assessment.models import AssessmentRound
    from ccc_pilot.db import db
    from ccc_pilot.evidence.store import FOLDER, Store

    settings = config.from_environment({**os.environ, "CCC_PILOT_DEMO": "1"})
    with create_app(settings).app_context():
        round_ = db.session.get_one(AssessmentRound, int(sys.argv[1]))
        began = time.perf_counter()
        dossier.write(round_, round_.region_keys, Store(settings.data_dir / FOLDER), io.BytesIO(), lambda percent, note: None)
        seconds = time.perf_counter() - began
        db.session.remove()
        db.engine.dispose()
    print(f"{seconds:.2f} s; {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main()
