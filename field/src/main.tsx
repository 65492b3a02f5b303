// SPDX-License-Identifier: AGPL-3.0-or-later
import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import { CanCall, goHome, useSession } from "./parts";
import { ticketIn } from "./rules";
import { Enrol, EnterPin, NoTicket, People } from "./screens/enter";
import { Home, Saved } from "./screens/home";
import { Book, Sent } from "./screens/look";
import { Finding, Report, Traffic } from "./screens/notes";
import { End, Start } from "./screens/patrol";
import { Pay } from "./screens/pay";
import { Shifts } from "./screens/shifts";
import { Plan } from "./screens/map";
import { Places } from "./screens/places";
import { Sos } from "./screens/sos";
import { Settings } from "./screens/settings";
import { Way } from "./screens/way";
import { Session } from "./session";
import "./style.css";
import { say } from "./words";

/** Where one is: the parts of the address after #/. */
function useRoute(): string[] {
  const read = () => location.hash.replace(/^#\/?/, "").split("/");
  const [route, setRoute] = useState(read);
  useEffect(() => {
    const heard = () => setRoute(read());
    addEventListener("hashchange", heard);
    return () => removeEventListener("hashchange", heard);
  }, []);
  return route;
}

/** The screens, or the PIN above them: what was being typed stays where it is. */
function App({ session }: { session: Session }) {
  useSession(session);
  const who = session.covered && session.people.find(({ device }) => device === session.signed?.me.device);
  return (
    <>
      {who && <EnterPin session={session} who={who} done={() => undefined} />}
      <CanCall.Provider value={!!session.signed}>
        <div hidden={!!who}><Screens session={session} /></div>
      </CanCall.Provider>
    </>
  );
}

/** Only from the way in: whoever has tapped on meanwhile stays where they are. */
const homeFromPin = () => {
  if (/^#\/(pin|people)/.test(location.hash)) goHome();
};

function Screens({ session }: { session: Session }) {
  const [name = "", first, second] = useRoute();
  const ticket = name.startsWith("t=") ? ticketIn(`#${name}`) : "";
  if (ticket) return <Enrol session={session} ticket={ticket} />;
  if (name === "enrol" || name.startsWith("t=") || !session.people.length) return <NoTicket session={session} />;
  if (!session.signed) {
    const only = session.people.length === 1 ? session.people[0] : undefined;
    const who = session.people.find(({ device }) => name === "pin" && device === first) ?? (name === "people" ? undefined : only);
    return who ? <EnterPin key={who.device} session={session} who={who} done={homeFromPin} /> : <People session={session} />;
  }
  switch (name) {
    case "start": return <Start session={session} />;
    case "end": return <End session={session} />;
    case "finding": return <Finding session={session} chosen={first} />;
    case "traffic": return <Traffic session={session} chosen={first} />;
    case "report": return <Report session={session} chosen={[first, second]} />;
    case "book": return <Book session={session} />;
    case "sent": return <Sent session={session} />;
    case "pay": return <Pay session={session} chosen={first} />;
    case "shifts": return <Shifts session={session} />;
    case "sos": return <Sos session={session} chosen={first} />;
    case "way": return <Way session={session} />;
    case "places": return <Places session={session} />;
    case "map": return <Plan session={session} />;
    case "settings": return <Settings session={session} />;
    case "saved": return <Saved />;
    default: return <Home session={session} />;
  }
}

/** Keep the shell on the phone, and tell when a newer one waits. */
async function register(session: Session): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  // The first worker takes over a page that is as new as itself; each one after it does not.
  let isFirst = !navigator.serviceWorker.controller;
  const registration = await navigator.serviceWorker.register("/field/sw.js", { scope: "/field/" });
  const look = () => {
    if (registration.waiting && navigator.serviceWorker.controller) session.offer(registration.waiting);
  };
  look();
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", look));
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (!isFirst) location.reload();
    isFirst = false;
  });
}

async function begin(): Promise<void> {
  const place = document.getElementById("app");
  if (!place) return;
  try {
    const session = await Session.begin();
    place.replaceChildren();
    render(<App session={session} />, place);
    // Without a service worker (an untrusted certificate) the app works as long as there is a network.
    register(session).catch(() => undefined);
  } catch {
    place.replaceChildren();
    render(<main><div class="content"><p class="trouble">{say("broken")} {say("broken.why")}</p></div></main>, place);
  }
}

void begin();
