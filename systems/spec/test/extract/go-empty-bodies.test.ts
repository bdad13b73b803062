import { expect, test } from 'vitest'
import { sayFact } from '../../src/requirements/say-fact.ts'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

const head = `package main

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
)

type Skiff struct {
	Name string \`json:"name"\`
	Size int    \`json:"size"\`
}

func isEmpty(err error) bool { return errors.Is(err, io.EOF) }

func read[T any](r *http.Request) (T, error) {
	var into T
	err := json.NewDecoder(r.Body).Decode(&into)
	if err != nil && !isEmpty(err) {
		return into, err
	}
	return into, nil
}

`

/** What is said of the body and refused, of a handler with this in it. */
async function told(code: string): Promise<string[]> {
  const { set } = await extractFiles({
    'go.mod': 'module example.com/skiff\n\ngo 1.24\n',
    'main.go': `${head}
func put(w http.ResponseWriter, r *http.Request) {
	var skiff Skiff
	bad := func(text string) { http.Error(w, text, http.StatusBadRequest) }
	${code}
	w.WriteHeader(http.StatusNoContent)
}

func main() {
	http.HandleFunc("PUT /skiffs", put)
	http.ListenAndServe(":1", nil)
}
`,
  })
  return [...factsOf(set.facts, 'body'), ...factsOf(set.facts, 'error')].map((fact) =>
    sayFact(fact, 'PUT /skiffs'),
  )
}

const takes = 'WHEN a client sends PUT /skiffs, the service SHALL take a body of application/json with Skiff.'
const requires = takes.replace('SHALL take', 'SHALL require')
const refuses = (when: string) =>
  `IF, for PUT /skiffs, ${when}, THEN the service SHALL answer 400 with string and say "bad".`
const unread = 'the body can not be read'

test('a body may be empty where code that refuses what it cannot read lets the end of it pass [SPEC-EXTRACT-05]', async () => {
  expect(
    await told(`if err := json.NewDecoder(r.Body).Decode(&skiff); err != nil && err != io.EOF {
		bad("bad")
		return
	}`),
  ).toEqual([takes, refuses(`the body is not empty and ${unread}`)])
  expect(
    await told(`err := json.NewDecoder(r.Body).Decode(&skiff)
	if errors.Is(err, io.EOF) {
		err = nil
	}
	if err != nil {
		bad("bad")
		return
	}`),
  ).toEqual([takes, refuses(`${unread} and the body is not empty`)])
  expect(
    await told(`skiff, err := read[Skiff](r)
	if err != nil {
		bad("bad")
		return
	}
	_ = skiff`),
  ).toEqual([takes, refuses(`${unread} and the body is not empty`)])
})

test('a body may be empty where code reads it only where there is some [SPEC-EXTRACT-05]', async () => {
  const [body] = await told(`if r.ContentLength > 0 {
		if err := json.NewDecoder(r.Body).Decode(&skiff); err != nil {
			bad("bad")
			return
		}
	}`)
  expect(body).toBe(takes)
})

test('a body is required where an empty one is refused [SPEC-EXTRACT-05]', async () => {
  expect(
    await told(`err := json.NewDecoder(r.Body).Decode(&skiff)
	if err == io.EOF {
		http.Error(w, "none", http.StatusUnprocessableEntity)
		return
	}
	if err != nil {
		bad("bad")
		return
	}`),
  ).toEqual([
    requires,
    'IF, for PUT /skiffs, the body is empty, THEN the service SHALL answer 422 with string and say "none".',
    refuses(`the body is not empty and ${unread}`),
  ])
  const [body] = await told(`if err := json.NewDecoder(r.Body).Decode(&skiff); err != nil {
		bad("bad")
		return
	}`)
  expect(body).toBe(requires)
})
