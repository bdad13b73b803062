import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

const main = `package main

import (
	"errors"

	"example.com/outside"
	"github.com/go-playground/validator/v10"
	"github.com/gofiber/fiber/v2"
	"gorm.io/gorm"
)

var check = validator.New()
var ErrTaken = errors.New("taken")

type Boat struct {
	Name string \`json:"name" validate:"required"\`
}

type Store struct{ db *gorm.DB }

func found[T any](db *gorm.DB, where string, args ...any) (*T, error) {
	var one T
	if err := db.Where(where, args...).First(&one).Error; err != nil {
		return nil, err
	}
	return &one, nil
}

func (s *Store) Boat(name string) (*Boat, error) { return found[Boat](s.db, "name = ?", name) }

type Docks struct{ store *Store }

func (d *Docks) get(c *fiber.Ctx) error {
	b, err := d.store.Boat(c.Params("name"))
	if err != nil {
		return err
	}
	return c.JSON(b)
}

func (d *Docks) add(c *fiber.Ctx, in Boat) error {
	if in.Name == "old" {
		return ErrTaken
	}
	return c.SendStatus(201)
}

func reading[T any](next func(c *fiber.Ctx, in T) error) fiber.Handler {
	return func(c *fiber.Ctx) error {
		var in T
		if err := c.BodyParser(&in); err != nil {
			return fiber.NewError(400, "no JSON")
		}
		if err := check.Struct(in); err != nil {
			all := map[string]string{}
			for _, one := range err.(validator.ValidationErrors) {
				all[one.Field()] = one.Tag()
			}
			return c.Status(422).JSON(all)
		}
		return next(c, in)
	}
}

func answer(c *fiber.Ctx, err error) error {
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return c.SendStatus(404)
	}
	if errors.Is(err, ErrTaken) {
		return c.SendStatus(409)
	}
	var known *fiber.Error
	if errors.As(err, &known) {
		return c.SendStatus(known.Code)
	}
	return c.SendStatus(500)
}

func main() {
	db, err := gorm.Open(outside.Dialector("a rather long name of what is opened"), &gorm.Config{TranslateError: true})
	if err != nil {
		panic(err)
	}
	d := &Docks{store: &Store{db}}
	app := fiber.New(fiber.Config{ErrorHandler: answer})
	app.Get("/boats/:name", d.get)
	app.Post("/boats", reading(d.add))
	app.Listen(":80")
}
`

test('what a struct of Go holds from the beginning is told by its field, and what is asserted in a branch that ends holds nowhere else [SPEC-EXTRACT-04]', async () => {
  const { set } = await extractFiles({
    'go.mod': 'module example.com/docks\n\ngo 1.22\n',
    'main.go': main,
  })
  const titles = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  expect(
    factsOf(set.facts, 'error')
      .map((one) => `${one.grade} ${sayFact(one, titles.get(one.operation) ?? '?')}`)
      .toSorted(),
  ).toEqual([
    'proved IF, for GET /boats/{name}, `db.Where("name = ?", path.name).First(…).Error` is there and `errors.Is(db.Where("name = ?", path.name).First(…).Error, gorm.ErrRecordNotFound)` does not hold, THEN the service SHALL answer 500.',
    'proved IF, for GET /boats/{name}, `db.Where("name = ?", path.name).First(…).Error` is there and `errors.Is(db.Where("name = ?", path.name).First(…).Error, gorm.ErrRecordNotFound)` holds, THEN the service SHALL answer 404.',
    'proved IF, for POST /boats, `v10.New().Struct(body)` fails, THEN the service SHALL answer 422 with an object.',
    'proved IF, for POST /boats, the body can not be read, THEN the service SHALL answer 400.',
    'proved IF, for POST /boats, the body’s field name is "old", THEN the service SHALL answer 409.',
  ])
})
