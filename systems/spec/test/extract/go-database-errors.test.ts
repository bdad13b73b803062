import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

const serve = (statement: string, call: string) => `package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/http"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jmoiron/sqlx"
)

var (
	errGone  = errors.New("gone")
	errTaken = errors.New("taken")
	errUnfit = errors.New("unfit")
)

type faults map[string]string

func (f faults) Error() string { return "faults" }

func (f faults) Is(other error) bool { return other == errUnfit }

func turned(err error) error {
	if err == nil {
		return nil
	}
	if errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("boat: %w", errGone)
	}
	var pg *pgconn.PgError
	if errors.As(err, &pg) && pg.Code == "23505" {
		return fmt.Errorf("boat: %w", errTaken)
	}
	return err
}

type boats struct{ db *sqlx.DB }

func (b *boats) do(ctx context.Context, name string) error {
	var found string
	if name == "" {
		return faults{"name": "empty"}
	}
	${call}(ctx, ${statement === '' ? '' : `${statement}, `}name)
	_ = found
	return turned(err)
}

func statusOf(err error) int {
	switch {
	case errors.Is(err, errGone):
		return http.StatusGone
	case errors.Is(err, errTaken):
		return http.StatusConflict
	case errors.Is(err, errUnfit):
		return http.StatusUnprocessableEntity
	}
	return http.StatusInternalServerError
}

func main() {
	var all boats
	mux := http.NewServeMux()
	mux.HandleFunc("POST /boats", func(w http.ResponseWriter, r *http.Request) {
		if err := all.do(r.Context(), r.FormValue("name")); err != nil {
			w.WriteHeader(statusOf(err))
			return
		}
		w.WriteHeader(http.StatusNoContent)
	})
	http.ListenAndServe(":80", mux)
}
`

const statusesOf = async (statement: string, call: string) => {
  const { set } = await extractFiles({
    'go.mod': 'module example.com/quay\n\ngo 1.22\n',
    'main.go': serve(statement, call),
  })
  const statuses = factsOf(set.facts, 'error').flatMap(({ status }) => status ?? [])
  return [...new Set(statuses)].toSorted((a, b) => a - b)
}
const exec = '_, err := b.db.ExecContext'
const row = 'err := b.db.QueryRowContext'

test.each([
  ['a row that is put in', exec, '"INSERT INTO boats VALUES ($1)"', [409, 422, 500]],
  ['a row that may be there', exec, '"INSERT INTO boats VALUES ($1) ON CONFLICT DO NOTHING"', [422, 500]],
  ['rows that are taken out', exec, '"DELETE FROM boats WHERE name = $1"', [422, 500]],
  ['a statement that is not seen', exec, 'statement()', [409, 422, 500]],
] as const)(
  'tells what a database may refuse by its statement: %s [SPEC-EXTRACT-04]',
  async (_, call, statement, expected) => {
    expect(await statusesOf(statement, call)).toEqual(expected)
  },
)

test.each([
  ['a row', '"SELECT name FROM boats WHERE name = $1"', [410, 422, 500]],
  ['a count', '"SELECT count(*) FROM boats WHERE name = $1"', [422, 500]],
] as const)(
  'tells that there may be no row only where there may be none: %s [SPEC-EXTRACT-04]',
  async (_, statement, expected) => {
    const { set } = await extractFiles({
      'go.mod': 'module example.com/quay\n\ngo 1.22\n',
      'main.go': serve(statement, row).replace('name)\n\t_ = found', 'name).Scan(&found)\n\t_ = found'),
    })
    const statuses = factsOf(set.facts, 'error').flatMap(({ status }) => status ?? [])
    expect([...new Set(statuses)].toSorted((a, b) => a - b)).toEqual(expected)
  },
)
