import { workerData } from 'node:worker_threads'
import { OperationRanks } from './rank-operations.ts'
import { help } from './readying.ts'
import type { HelperData } from './readying.ts'

/** The second thread of a planner of many robots. */
const data = workerData as HelperData
help(data, new OperationRanks(data.graph, data.operations, data.distances, data.plan))
