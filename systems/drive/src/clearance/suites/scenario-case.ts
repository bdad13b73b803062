/** Where a scenario comes from: built in, or an OpenSCENARIO file, whose roads and catalogs are looked for below `maps` where they are not where it says. */
export type ScenarioSource =
  | { kind: 'builtIn'; name: string }
  | { kind: 'file'; path: string; maps?: readonly string[] }

/** One scenario with its parameters: what a suite is made of, and the input of one run. JSON. */
export interface ScenarioCase {
  /** Unique in its suite and the same in every version of it. */
  id: string
  /** What clearance counts by, e.g. `cut-in`. */
  scenarioClass: string
  source: ScenarioSource
  parameters: Record<string, number | string>
  seed: number
  /** Density of the operational domain over density of the sampling, for importance sampling; 1 where sampled as it occurs. */
  weight: number
}
