import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

const service = (source: string, wrap: (of: string) => string) => ({
  'go.mod': `module example.com/loft\n\ngo 1.24\n\nrequire (\n\tgithub.com/gofiber/fiber/v2 v2.52.0\n\t${source} v0.9.1\n)\n`,
  'main.go': `package main

import (
	"context"
	"database/sql"

	"github.com/gofiber/fiber/v2"
	"${source}"

	"example.com/loft/doves"
)

func main() {
	app := fiber.New(fiber.Config{ErrorHandler: answer})
	db, _ := sql.Open("sqlite", "doves.db")
	shelf := doves.NewShelf(db)
	app.Get("/doves/:ring", func(c *fiber.Ctx) error {
		dove, err := shelf.Find(context.Background(), c.Params("ring"))
		if err != nil {
			return err
		}
		return c.JSON(dove)
	})
	app.Listen(":80")
}

func answer(c *fiber.Ctx, err error) error {
	var refused doves.Refused
	switch {
	case errors.As(err, &refused):
		return c.Status(422).SendString("refused")
	case errors.Is(err, doves.ErrFlown):
		return c.Status(404).SendString("flown")
	}
	return c.Status(500).SendString("failed")
}
`,
  'doves/doves.go': `package doves

import (
	"context"
	"database/sql"

	"${source}"
)

var ErrFlown = errors.New("the dove is gone")

type Refused struct{ Why string }

func (r Refused) Error() string { return r.Why }

type Dove struct {
	Ring string
}

type Shelf struct{ db *sql.DB }

func NewShelf(db *sql.DB) *Shelf { return &Shelf{db: db} }

func (s *Shelf) Find(ctx context.Context, ring string) (*Dove, error) {
	if ring == "none" {
		return nil, ${wrap('Refused{Why: "no ring"}')}
	}
	if ring == "away" {
		return nil, ${wrap('ErrFlown')}
	}
	rows, err := s.db.QueryContext(ctx, "select 1")
	if err != nil {
		return nil, ${wrap('err')}
	}
	defer rows.Close()
	return &Dove{Ring: ring}, ${wrap('nil')}
}
`,
})

test.each([
  ['github.com/pkg/errors', (of: string) => `errors.WithStack(${of})`],
  ['github.com/pkg/errors', (of: string) => `errors.Wrapf(${of}, "find %s", ring)`],
  ['github.com/juju/errors', (of: string) => `errors.Trace(${of})`],
])('errors that %s wraps are told apart as those of Go are [SPEC-EXTRACT-06]', async (source, wrap) => {
  const { set } = await extractFiles(service(source, wrap))
  const said = factsOf(set.facts, 'error')
    .map(({ status, grade }) => `${status} ${grade}`)
    .toSorted()
  // What fails after two other tests is asked, whatever it is wrapped by.
  expect(said).toEqual(['404 proved', '422 proved', '500 open'])
})
