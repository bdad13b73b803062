// The public surface. Anything exported here is public API: named exports only.
export { parseOpenDrive } from './opendrive/parse-opendrive.ts'
export { followLane } from './opendrive/follow-lane.ts'
export { parseXml, parseXmlChunks } from './xml/parse-xml.ts'
export { ScenarioFiles } from './openscenario/load-scenario.ts'
export { parseOpenScenario } from './openscenario/parse-openscenario.ts'
export { parseDistribution } from './openscenario/distribution.ts'
export { Simulation } from './simulator/simulation.ts'
export { oscConformanceEval } from './evals/osc-conformance.ts'
