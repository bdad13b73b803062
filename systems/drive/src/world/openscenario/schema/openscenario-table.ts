import { SchemaTable } from '../../xml/schema-table.ts'
import { controllerRules, motionRules } from './action-rules.ts'
import { belowRules } from './below-rules.ts'
import { distributionRules, entitiesRules } from './entities-rules.ts'
import { globalRules, positionRules } from './global-rules.ts'
import { conditionRules, storyboardRules } from './storyboard-rules.ts'

/** Everything of OpenSCENARIO XML 1.0–1.3, by its schemas, with what the readers of this folder do with it. */
export const openScenarioTable = new SchemaTable('OpenSCENARIO XML 1.0–1.3', {
  ...entitiesRules,
  ...storyboardRules,
  ...motionRules,
  ...controllerRules,
  ...conditionRules,
  ...globalRules,
  ...positionRules,
  ...distributionRules,
  ...belowRules,
})
