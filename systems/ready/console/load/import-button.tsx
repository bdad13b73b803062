import { Button, FileButton, Group } from '@mantine/core'
import { Notice } from '@heavylift/ui'
import { useMutation } from '@tanstack/react-query'
import { useRef } from 'react'
import { api } from '../api.ts'

const shownLeft = 8

/** Makes a scenario of a file of another tool; what could not be taken over is listed with its place. */
export function ImportButton({ onScenario }: { onScenario: (scenario: string) => void }) {
  const reset = useRef<() => void>(null)
  const reading = useMutation({
    mutationFn: async (file: File) => api.post('/load/import', { body: { text: await file.text() } }),
    onSuccess: ({ scenario }) => onScenario(scenario),
  })
  const found = reading.data
  return (
    <div className="hl-stack">
      <Group gap="sm">
        <FileButton
          resetRef={reset}
          onChange={(file) => {
            if (file !== null) reading.mutate(file)
            // So that the same file can be chosen again.
            reset.current?.()
          }}
        >
          {(props) => (
            <Button {...props} variant="default" size="compact-md" loading={reading.isPending}>
              Import a file
            </Button>
          )}
        </FileButton>
        <span>
          HAR, OpenAPI, Postman, JMeter, Artillery, Taurus, k6 or an access log; nothing of it is run.
        </span>
      </Group>
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
