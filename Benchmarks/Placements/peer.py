# One deterministic year of cs-demand-model 0.5.1 on its own sample: peer.py OUTPUT
#
# Writes what the benchmark compares with, a line each: the folder of the sample's files, the day the forecast begins, the
# children in care on it and a year later (its "not in care" rows left out), what it gives with them, and the seconds of
# reading, of rates and of the forecast, without the time that Python takes to import it.
import logging
import sys
import time
import warnings
from pathlib import Path

logging.disable(logging.CRITICAL)
warnings.simplefilter("ignore")

import cs_demand_model_samples
from cs_demand_model import DemandModellingDataContainer, ModelPredictor, PopulationStats
from cs_demand_model.config import Config
from cs_demand_model.datastore import fs_datastore
from dateutil.relativedelta import relativedelta

start = time.perf_counter()
config = Config()
container = DemandModellingDataContainer(fs_datastore("sample://v1.zip"), config)
view = container.enriched_view
read = time.perf_counter()
stats = PopulationStats(view, config)
end = container.end_date
# Its own defaults: rates of the six months before the last event.
model = ModelPredictor.from_model(stats, end - relativedelta(months=6), end)
rates = time.perf_counter()
predicted = model.predict(365).iloc[-1]
done = time.perf_counter()

in_care = sum(v for state, v in predicted.items() if state and "NOT_IN_CARE" not in state)
with open(sys.argv[1], "w") as out:
    print(Path(cs_demand_model_samples.__file__).parent / "combined", file=out)
    print(end.date(), file=out)
    print(float(model.initial_population.sum()), file=out)
    print(float(in_care), file=out)
    print(float(predicted.sum()), file=out)
    print(read - start, file=out)
    print(rates - read, file=out)
    print(done - rates, file=out)
