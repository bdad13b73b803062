import { Button, Group, NumberInput } from '@mantine/core'
import { Notice } from '@heavylift/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../api.ts'

/** Searches the highest rate inside an objective for each request of a scenario, and goes to where it is shown. */
export function LimitOfScenario({ scenario }: { scenario: string }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const [p99Ms, setP99Ms] = useState<number | string>(100)
  const starting = useMutation({
    mutationFn: () => api.post('/limits', { body: { scenario, objective: { p99Ms: Number(p99Ms) } } }),
    onSuccess: () => navigate({ to: '/ready/limits' }),
    onSettled: () => client.invalidateQueries({ queryKey: ['ready', 'limits'] }),
  })
  return (
    <div className="hl-stack">
      <Group gap="sm" align="end" mt="sm">
        <NumberInput
          label="99 of 100 answers within, ms"
          min={1}
          max={60_000}
          w={220}
          value={p99Ms}
          onChange={setP99Ms}
        />
        <Button
          variant="default"
          disabled={scenario === '' || !(Number(p99Ms) > 0)}
          loading={starting.isPending}
          onClick={() => starting.mutate()}
        >
          Find the highest rate
        </Button>
      </Group>
      {starting.error && <Notice tone="bad">{starting.error.message}</Notice>}
    </div>
  )
}
