import { runPythonIfItCan } from '@heavylift/core/runtime/run-python'
import { z } from 'zod'
import type { Window } from './windows.ts'
import type { Scored } from './scores.ts'

const answerSchema = z.array(
  z
    .object({ median: z.array(z.number()), lower: z.array(z.number()), upper: z.array(z.number()) })
    .nullable(),
)

const head = `import json, sys, warnings, logging
warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)
import numpy as np
windows = json.load(sys.stdin)
out = []`

/** Each with its library's defaults for series of several seasons. */
const scripts = {
  statsforecast: `${head}
from statsforecast.models import MSTL, AutoETS, AutoTheta
for w in windows:
    try:
        y = np.array(w["past"]); h = w["horizon"]
        seasons = [p for p in w["periods"] if 2 * p < len(y)] or [1]
        model = MSTL(season_length=seasons, trend_forecaster=AutoETS(model="ZZN"))
        model.fit(y)
        f = model.predict(h, level=[95])
        out.append({"median": f["mean"].tolist(), "lower": f["lo-95"].tolist(), "upper": f["hi-95"].tolist()})
    except Exception:
        out.append(None)
print(json.dumps(out))`,
  prophet: `${head}
import pandas as pd
from prophet import Prophet
for w in windows:
    try:
        ds = pd.date_range("2020-01-06", periods=len(w["past"]) + w["horizon"], freq=f"{w['stepMinutes']:g}min")
        model = Prophet(interval_width=0.95, uncertainty_samples=300)
        model.fit(pd.DataFrame({"ds": ds[:len(w["past"])], "y": w["past"]}))
        f = model.predict(pd.DataFrame({"ds": ds[len(w["past"]):]}))
        out.append({"median": f["yhat"].tolist(), "lower": f["yhat_lower"].tolist(), "upper": f["yhat_upper"].tolist()})
    except Exception:
        out.append(None)
print(json.dumps(out))`,
}

export type PeerName = keyof typeof scripts
export const peerNames = Object.keys(scripts) as PeerName[]

/** Forecasts by a peer, one a window; null where that Python does not have it. */
export async function peerForecasts(
  python: string,
  peer: PeerName,
  windows: readonly Window[],
  signal: AbortSignal,
): Promise<(Scored | null)[] | null> {
  const answer = await runPythonIfItCan({
    python,
    args: ['-c', scripts[peer]],
    needs: [peer],
    input: JSON.stringify(
      windows.map(({ past, actual, periods, stepMinutes }) => ({
        past: [...past].map((value) => (Number.isFinite(value) ? value : 0)),
        horizon: actual.length,
        periods,
        stepMinutes,
      })),
    ),
    signal,
  })
  return answer === null ? null : answerSchema.parse(JSON.parse(answer))
}
