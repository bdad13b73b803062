import type { CommandInput } from '@heavylift/core'
import type { RecordedRun } from '../clearance/suites/run-case.ts'

/** Sends a recorded run to the running server; gives the address at which its viewer shows it. */
export async function showRecording(
  { api, print }: Pick<CommandInput, 'api' | 'print'>,
  { recording, map }: Pick<RecordedRun, 'recording' | 'map'>,
): Promise<string> {
  const answer = await api('/api/drive/recordings', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ recording, map }),
  })
  const { id } = (await answer.json()) as { id: string }
  const address = new URL(`/drive/viewer?recording=${id}`, answer.url).href
  print(`Look at it: ${address}`)
  return address
}
