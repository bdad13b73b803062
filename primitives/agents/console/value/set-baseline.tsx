import { Button, Modal, NumberInput, Textarea, TextInput } from '@mantine/core'
import { ErrorState } from '@heavylift/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../api.ts'
import type { ValueRow } from './value-row.ts'

const numberOr = (value: number | string): number | null => (typeof value === 'number' ? value : null)

/** Says how it was before the agent did it. */
export function SetBaseline({ row, onClose }: { row: ValueRow; onClose: () => void }) {
  const { agent, baseline } = row
  const client = useQueryClient()
  const [minutes, setMinutes] = useState((baseline?.minutes ?? []).join(' '))
  const [claimed, setClaimed] = useState<number | string>(baseline?.claimedMinutes ?? '')
  const [errors, setErrors] = useState<number | string>(baseline?.errors?.count ?? '')
  const [of, setOf] = useState<number | string>(baseline?.errors?.of ?? '')
  const [usdPerHour, setUsdPerHour] = useState<number | string>(baseline?.usdPerHour ?? '')
  const [minutesPerApproval, setMinutesPerApproval] = useState<number | string>(
    baseline?.minutesPerApproval ?? 2,
  )
  const [source, setSource] = useState(baseline?.source ?? '')
  const words = minutes.split(/[\s,;]+/).filter((word) => word !== '')
  const wrong = words.find((word) => !(Number(word) >= 0))
  const save = useMutation({
    mutationFn: () => {
      const count = numberOr(errors)
      const among = numberOr(of)
      return api.put('/agents/:name/baseline', {
        params: { name: agent },
        body: {
          minutes: words.map(Number),
          claimedMinutes: numberOr(claimed),
          errors: count === null || among === null ? null : { count, of: among },
          usdPerHour: numberOr(usdPerHour),
          minutesPerApproval: numberOr(minutesPerApproval) ?? 2,
          source,
        },
      })
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['agents', 'value'] })
      onClose()
    },
  })
  return (
    <Modal
      opened
      onClose={onClose}
      title={`How it was before ${agent}`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form
        className="hl-stack"
        onSubmit={(event) => {
          event.preventDefault()
          save.mutate()
        }}
      >
        <Textarea
          data-autofocus
          label="Minutes that single cases took a person, each measured"
          description={`${words.length} so far; 30 make an estimate. Paste a column.`}
          autosize
          minRows={3}
          maxRows={8}
          value={minutes}
          error={wrong === undefined ? null : `“${wrong}” is no number of minutes.`}
          onChange={(event) => setMinutes(event.currentTarget.value)}
        />
        <NumberInput
          label="Or minutes that one is said to take"
          min={0}
          value={claimed}
          onChange={setClaimed}
        />
        <div className="hl-row">
          <NumberInput label="Errors" min={0} value={errors} onChange={setErrors} />
          <NumberInput label="among cases" min={1} value={of} onChange={setOf} />
        </div>
        <div className="hl-row">
          <NumberInput label="US dollars an hour" min={0} value={usdPerHour} onChange={setUsdPerHour} />
          <NumberInput
            label="Minutes an answer to a run takes"
            min={0}
            value={minutesPerApproval}
            onChange={setMinutesPerApproval}
          />
        </div>
        <TextInput
          label="Where the figures are from"
          placeholder="Tickets of March, timed by the team"
          required
          value={source}
          onChange={(event) => setSource(event.currentTarget.value)}
        />
        {save.isError ? <ErrorState error={save.error} /> : null}
        <div className="hl-row">
          <Button
            type="submit"
            disabled={source.trim() === '' || wrong !== undefined}
            loading={save.isPending}
          >
            Save
          </Button>
        </div>
      </form>
    </Modal>
  )
}
