import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

/** What is told of the errors of a service of Go: `404 GET /berths/{id}: IF …`, an open one `404?`. */
async function toldOf(main: string) {
  const files = { 'go.mod': 'module example.com/berths\n\ngo 1.24\n', 'main.go': main }
  const { facts } = (await extractFiles(files)).set
  const titles = new Map(factsOf(facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  return factsOf(facts, 'error')
    .map((fact) => {
      const title = titles.get(fact.operation) ?? '?'
      return `${fact.status ?? ''}${fact.grade === 'open' ? '?' : ''} ${sayFact(fact, title)}`
    })
    .toSorted()
}

test('a getter that gives nil where nothing was put does not part what a method of it comes to [SPEC-EXTRACT-06]', async () => {
  const [missing, ...others] = await toldOf(`package main

import (
	"context"
	"net/http"
)

type Harbour interface {
	Berth(ctx context.Context, id string) (string, error)
}

type key struct{}

func harbourOf(c context.Context) Harbour {
	v := c.Value(key{})
	if v == nil {
		return nil
	}
	h, ok := v.(Harbour)
	if !ok {
		return nil
	}
	return h
}

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /berths/{id}", func(w http.ResponseWriter, r *http.Request) {
		name, err := harbourOf(r.Context()).Berth(r.Context(), r.PathValue("id"))
		if err != nil {
			http.Error(w, "no berth", 404)
			return
		}
		w.Write([]byte(name))
	})
	http.ListenAndServe(":1", mux)
}
`)
  expect(others).toEqual([])
  expect(missing).toMatch(/^404 .*Berth\(.*\)` fails, THEN/)
  expect(missing).not.toContain('missing')
})

const store = (rest: string, answer: string) => `package main

import (
	"errors"
	"fmt"
	"net/http"

	"gorm.io/gorm"
)

var db *gorm.DB

type Berth struct{ ID string }

${rest}

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("DELETE /berths/{id}", func(w http.ResponseWriter, r *http.Request) {
		err := remove(r.PathValue("id"))
		if err != nil {
			${answer}
		}
		w.WriteHeader(204)
	})
	http.ListenAndServe(":1", mux)
}
`

test('an error of Go made of a text is asked for by what it says, also beside those that wrap others [SPEC-EXTRACT-06]', async () => {
  const told = await toldOf(
    store(
      `func remove(id string) error {
	if err := db.Delete(&Berth{}, "id = ?", id).Error; err != nil {
		return fmt.Errorf("cannot remove: %w", err)
	}
	result := db.Delete(&Berth{}, "berth = ?", id)
	if result.RowsAffected == 0 {
		return fmt.Errorf("berth not found")
	}
	return nil
}

var _ = errors.New`,
      `if err.Error() == "berth not found" {
				http.Error(w, "none", 404)
				return
			}
			http.Error(w, "broken", 500)
			return`,
    ),
  )
  expect(told).toHaveLength(2)
  expect(told[0]).toMatch(/^404 .*RowsAffected` is 0/)
  expect(told[0]).not.toContain('berth not found"')
  expect(told[1]).toMatch(/^500 .*Error` is there/)
  expect(told[1]).not.toContain('RowsAffected')
})

test('errors of which it is not known which comes when are asked for as the code asks [SPEC-EXTRACT-06]', async () => {
  const told = await toldOf(
    store(
      `func remove(id string) error {
	if id == "quay" {
		return errors.New("a quay stays")
	}
	if err := db.Delete(&Berth{}, "id = ?", id).Error; err != nil {
		return err
	}
	if err := db.Delete(&Berth{}, "owner = ?", id).Error; err != nil {
		return err
	}
	if err := db.Delete(&Berth{}, "lease = ?", id).Error; err != nil {
		return err
	}
	if err := db.Delete(&Berth{}, "visit = ?", id).Error; err != nil {
		return err
	}
	if err := db.Delete(&Berth{}, "ship = ?", id).Error; err != nil {
		return err
	}
	return fmt.Errorf("berth %s", id)
}`,
      `if err.Error() == "record not found" {
				http.Error(w, "none", 404)
				return
			}
			http.Error(w, "broken", 500)
			return`,
    ),
  )
  expect(told.join('\n')).not.toContain(' | ')
  expect(told[0]).toContain('`err.Error()` is "record not found"')
})

test('what is not the error that is asked for is none where it is wrapped [SPEC-EXTRACT-06]', async () => {
  const told = await toldOf(
    store(
      `func remove(id string) error {
	if err := db.Delete(&Berth{}, "id = ?", id).Error; err != nil {
		if errors.Is(err, gorm.ErrRecordNotFound) {
			return errors.New("no such berth")
		}
		return fmt.Errorf("cannot remove: %w", err)
	}
	return nil
}`,
      `if errors.Is(err, gorm.ErrRecordNotFound) {
				http.Error(w, "none", 404)
				return
			}
			http.Error(w, "broken", 500)
			return`,
    ),
  )
  expect(told).toHaveLength(1)
  expect(told[0]).toMatch(/^500 /)
})
