// The public surface. Anything exported here is public API: named exports only.
export { ready } from './system.ts'
export { forecast } from './forecast/forecast.ts'
export { forecastPeak } from './forecast/peak.ts'
