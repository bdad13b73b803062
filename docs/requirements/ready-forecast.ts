import type { Requirement } from './requirement.ts'

const readme = 'systems/ready/README.md'

/** Forecasts of series and of peaks. */
export const readyForecast: Requirement[] = [
  {
    id: 'READY-FORECAST-01',
    source: `${readme}#forecast`,
    behaviour: 'A series of several seasons is forecast better than by repeating its last one.',
  },
  {
    id: 'READY-FORECAST-02',
    source: `${readme}#forecast`,
    behaviour: 'Intervals cover about their level of what comes.',
  },
  {
    id: 'READY-FORECAST-03',
    source: `${readme}#forecast`,
    behaviour:
      'Gaps, constants, short series and zeros are forecast with finite numbers, never below zero where nothing was.',
  },
  {
    id: 'READY-FORECAST-04',
    source: `${readme}#forecast`,
    behaviour:
      'The peak of a day is a distribution: the plan at a level holds on about that share of days, and marked days are compared with days alike.',
  },
  {
    id: 'READY-FORECAST-05',
    source: `${readme}#forecast`,
    behaviour:
      'Events that the user gives (name, from, to) are known to the forecast and to the peaks of days.',
  },
  {
    id: 'READY-FORECAST-06',
    source: `${readme}#forecast`,
    behaviour:
      'A series of one’s own is forecast by a command, and the courses that it may take are written as a demand to buy for.',
  },
]
