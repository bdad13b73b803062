import { parentPort, workerData } from 'node:worker_threads'
import { createRandom, HeavyliftError } from '@heavylift/core'
import { FloorTeller } from './describe-floor.ts'
import { obey } from './floor-commands.ts'
import type { FromFloor, FloorOrder, ToFloor } from './floor-link.ts'
import { LiveFloor } from './live-floor.ts'
import { makeWarehouse } from './made-warehouse.ts'

/** A floor in a thread of its own: plans and tells a step at a time, so that the server's own thread is never held up. */
const { robots, pace, seed, warehouse, units, isGuided } = workerData as FloorOrder
const port = parentPort!
const tell = (message: FromFloor): void => port.postMessage(message)

const floor = new LiveFloor(makeWarehouse(warehouse, createRandom(seed)), { robots, seed, units, isGuided })
const teller = new FloorTeller(floor, pace)
/** Steps between two keyframes. */
const keySteps = 20
let isAwake = true
let dueMs = performance.now()

tell({ type: 'floor', floor: teller.floor() })
tell({ type: 'keyframe', keyframe: teller.keyframe() })

function go(): void {
  if (!isAwake) return
  tell({ type: 'step', step: teller.step(floor.next()) })
  if (floor.step % keySteps === 0) tell({ type: 'keyframe', keyframe: teller.keyframe() })
  // A step that took longer than its time makes the next ones late, and they do not catch up.
  dueMs = Math.max(dueMs + pace.stepMs, performance.now())
  setTimeout(go, Math.max(0, dueMs - performance.now()))
}

port.on('message', (message: ToFloor) => {
  if (message.type === 'awake') {
    const wasAwake = isAwake
    isAwake = message.isAwake
    if (isAwake && !wasAwake) {
      dueMs = performance.now()
      go()
    }
    return
  }
  try {
    tell({ type: 'answer', id: message.id, answer: obey(floor, teller, message.command) })
  } catch (error) {
    const { code, status } = error instanceof HeavyliftError ? error : { code: 'floor-failed', status: 500 }
    tell({ type: 'refused', id: message.id, code, status, message: String((error as Error).message) })
  }
})
go()
