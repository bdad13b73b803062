import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

test('of methods of one name the one is followed that takes what it is given [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'App.java': `package gate;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
@ApplicationPath("/")
public class App extends Application {}
`,
    'Keeper.java': `package gate;
import jakarta.ws.rs.*;
public class Keeper {
  void admit(String who, int berth) { if (berth > 9) throw new ForbiddenException("Too far out"); }
  void admit(String who, String boat) { if (boat.equals("raft")) throw new NotFoundException("No rafts"); }
}
`,
    'Berths.java': `package gate;
import jakarta.ws.rs.*;
@Path("/berths")
public class Berths {
  private final Keeper keeper = new Keeper();
  @GET @Path("/{number}")
  public String byNumber(@PathParam("number") Integer number, @HeaderParam("X-Who") String who) {
    keeper.admit(who, number);
    return "in";
  }
  @PUT @Path("/{boat}")
  public String byBoat(@PathParam("boat") String boat, @HeaderParam("X-Who") String who) {
    keeper.admit(who, boat);
    return "in";
  }
}
`,
  })
  const titles = new Map(
    set.facts.flatMap((fact) =>
      fact.kind === 'operation' ? [[fact.id, operationTitle(fact)] as const] : [],
    ),
  )
  const said = set.facts.flatMap((fact) =>
    fact.kind === 'error' && fact.grade === 'proved'
      ? [sayFact(fact, titles.get(fact.operation) ?? '?')]
      : [],
  )
  expect(said.toSorted()).toEqual([
    'IF, for GET /berths/{number}, the path parameter number is greater than 9, THEN the service SHALL answer 403.',
    'IF, for PUT /berths/{boat}, the path parameter boat is "raft", THEN the service SHALL answer 404.',
  ])
})

test('of methods that take one thing or several the one is followed that takes what it is given, and a text says what it is formatted by [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'App.java': `package gate;
import io.dropwizard.core.Application;
public class App extends Application<Settings> {}
`,
    'Keeper.java': `package gate;
import jakarta.ws.rs.*;
import java.util.Collection;
public class Keeper<K> {
  void admit(Collection<K> boats) { if (boats.isEmpty()) throw new NotFoundException("None of these boats"); }
  void admit(K boat) { if (!boat.isAfloat()) throw new NotFoundException("No such boat"); }
}
`,
    'Berths.java': `package gate;
import jakarta.ws.rs.*;
import java.util.*;
@Path("/berths")
public class Berths {
  private final Keeper<UUID> keeper = new Keeper<>();
  @GET @Path("/{boat}")
  public String one(@PathParam("boat") UUID boat) {
    keeper.admit(boat);
    return "in";
  }
  @GET
  public String all(@QueryParam("boat") List<UUID> boats) {
    keeper.admit(boats);
    return "in";
  }
  @PUT
  public String fill(@QueryParam("boat") String boat) {
    if (boat == null) throw new BadRequestException("{\\"error\\": \\"%s\\"}".format("Name a boat"));
    return "in";
  }
}
`,
  })
  const messages = factsOf(set.facts, 'error').map(({ message }) => message)
  expect(messages.filter((text) => text !== '').toSorted()).toEqual([
    'Name a boat',
    'No such boat',
    'None of these boats',
  ])
})

test('of methods that take one interface or another the one is followed whose interface the given thing has [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'App.java': `package gate;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
@ApplicationPath("/")
public class App extends Application {}
`,
    'Boats.java': `package gate;
interface Sailing {}
interface Rowing {}
class Yacht implements Sailing { final int masts; Yacht(int masts) { this.masts = masts; } }
class Skiff implements Rowing { final int oars; Skiff(int oars) { this.oars = oars; } }
`,
    'Keeper.java': `package gate;
import jakarta.ws.rs.*;
public class Keeper {
  void admit(Sailing boat) { throw new ForbiddenException(); }
  void admit(Rowing boat) { throw new NotFoundException(); }
}
`,
    'Berths.java': `package gate;
import jakarta.ws.rs.*;
@Path("/berths")
public class Berths {
  private final Keeper keeper = new Keeper();
  @POST public String row() { keeper.admit(new Skiff(2)); return "in"; }
}
`,
  })
  expect(factsOf(set.facts, 'error').map(({ status }) => status)).toEqual([404])
})
