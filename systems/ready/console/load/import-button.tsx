import { Notice } from '@heavylift/ui'
import { useMutation } from '@tanstack/react-query'
import { useId, useRef } from 'react'
import { api } from '../api.ts'

const shownLeft = 8

/** Makes a scenario of a file of another tool; what could not be taken over is listed with its place. */
export function ImportButton({ onScenario }: { onScenario: (scenario: string) => void }) {
  const input = useRef<HTMLInputElement>(null)
  const id = useId()
  const reading = useMutation({
    mutationFn: async (file: File) => api.post('/load/import', { body: { text: await file.text() } }),
    onSuccess: ({ scenario }) => onScenario(scenario),
  })
  const found = reading.data
  return (
    <div className="hl-stack">
      <label htmlFor={id}>
        Import a file of another tool (HAR, OpenAPI, Postman, JMeter, Artillery, Taurus, k6, access log);
        nothing of it is run{' '}
        <input
          id={id}
          ref={input}
          type="file"
          onChange={(event) => {
            const file = event.target.files?.[0]
            if (file !== undefined) reading.mutate(file)
            // So that the same file can be chosen again.
            if (input.current !== null) input.current.value = ''
          }}
        />
      </label>
      {reading.error && <Notice tone="bad">{reading.error.message}</Notice>}
      {found && (
        <Notice>
          {`${found.format} was read${found.secrets.length === 0 ? '' : `; give these under variables: ${found.secrets.join(', ')}`}. ${found.left.length} parts were left out.`}
          {found.left.length > 0 && (
            <ul>
              {found.left.slice(0, shownLeft).map(({ where, advice }) => (
                <li key={`${where} ${advice}`}>{`${where}: ${advice}`}</li>
              ))}
            </ul>
          )}
        </Notice>
      )}
    </div>
  )
}
