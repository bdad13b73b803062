import { answerSlowly } from '../../testing/faults.ts'
import { startFaultyUpstream } from '../../testing/faulty-upstream.ts'

/** A replica that streams slowly, in a process of its own that can be killed. */
process.once('message', () => {
  void startFaultyUpstream((scene) => answerSlowly(scene, 500, 10)).then(({ baseUrl }) =>
    process.send?.({ address: baseUrl }),
  )
})
process.once('disconnect', () => process.exit())
