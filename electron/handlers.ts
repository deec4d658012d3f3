// Every channel that needs the store open, wired to the services.
import type { Handlers } from '../shared/contract/channels.ts';
import { imagesOf } from './db/drafts.ts';
import type { Opened } from './opened.ts';
import { createQueue } from './queue.ts';
import type { Shell } from './shell.ts';
import type { RestoreChannel } from './restore-handlers.ts';
import type { VaultChannel } from './vault-handlers.ts';

export function createHandlers(
  { services, inTurn }: Opened,
  shell: Shell,
): Omit<Handlers, VaultChannel | RestoreChannel> {
  const { settings, drafts, examination, protection, history, specimens, images, scans, audit, retention } =
    services;
  // A report with its pictures fills tens of megabytes: one after the other, beside everything else.
  const atPrinter = createQueue();
  return {
    'station.state': () => settings.state(),
    'settings.save': (input) => inTurn(() => settings.save(input)),
    'settings.adjust': (input) => inTurn(() => settings.adjust(input)),
    'draft.load': () => inTurn(() => drafts.load()),
    'draft.take': ({ id }) => inTurn(() => ({ draft: drafts.take(id) })),
    'draft.leave': ({ id }) =>
      inTurn(() => {
        drafts.leave(id);
        return {};
      }),
    'draft.save': (input) =>
      inTurn(() => {
        drafts.save(input);
        scans.named(imagesOf(input));
        return {};
      }),
    'draft.discard': ({ id }) =>
      inTurn(async () => {
        await drafts.discard(id);
        return {};
      }),
    'examination.save': (input) =>
      inTurn(async () => {
        try {
          const saved = await examination.save(input);
          scans.named(imagesOf(input));
          return saved;
        } finally {
          protection.conceal();
        }
      }),
    'examination.undo': ({ id }) => inTurn(async () => ({ draft: await examination.undo(id) })),
    'decision.change': (input) => inTurn(() => examination.changeDecision(input)),
    'protection.record': (input) => inTurn(() => protection.record(input)),
    'case.print': (input) => atPrinter(() => services.caseReport.print(input)),
    'report.prepare': (input) => services.reports.prepare(input),
    'report.save-draft': (input) => inTurn(() => services.reports.saveDraft(input)),
    'report.crop': (input) => services.reports.crop(input),
    'report.preview': (input) => services.reports.preview(input),
    'report.submit': (input) => inTurn(() => services.reports.submit(input)),
    'report.withdraw': (input) => inTurn(() => services.reports.withdraw(input)),
    'report.list': (input) => services.reports.list(input),
    'report.open': (input) => services.reports.open(input),
    'report.image': (input) => services.reports.image(input),
    'report.approve': (input) => inTurn(() => services.reports.approve(input)),
    'report.send-back': (input) => inTurn(() => services.reports.sendBack(input)),
    'study.prepare': (input) => services.studies.prepare(input),
    'study.save-draft': (input) => inTurn(() => services.studies.saveDraft(input)),
    'study.drafts': () => services.studies.drafts(),
    'study.cut': (input) => services.studies.cut(input),
    'study.preview': (input) => services.studies.preview(input),
    'study.submit': (input) => inTurn(() => services.studies.submit(input)),
    'study.library': (input) => services.studyLibrary.library(input),
    'study.open': (input) => services.studyLibrary.open(input),
    'study.picture': (input) => services.studyLibrary.picture(input),
    'alert.prepare': (input) => services.alertWriting.prepare(input),
    'alert.preview': (input) => services.alertWriting.preview(input),
    'alert.submit': (input) => inTurn(() => services.alertWriting.submit(input)),
    'alert.list': () => services.alerts.list(),
    'alert.open': (input) => inTurn(() => services.alerts.open(input)),
    'alert.reads': (input) => services.alerts.reads(input),
    'alert.lane': () => ({ alerts: services.alerts.live() }),
    'received.list': (input) => services.received.list(input),
    'received.open': (input) => services.received.open(input),
    'trends.view': (input) => services.trends.view(input),
    'trends.reports': (input) => services.trends.reports(input),
    'trends.save': (input) => services.trends.save(input),
    'outbox.state': () => services.outbox.state(),
    'outbox.retry': (input) => inTurn(() => services.outbox.retry(input)),
    'outbox.pause': () => inTurn(() => services.outbox.pause()),
    'outbox.resume': () => inTurn(() => services.outbox.resume()),
    'outbox.send-now': () => inTurn(() => services.outbox.sendNow()),
    'hub.state': () => services.hub.state(),
    'hub.enrol': (input) => services.hub.enrol(input),
    'hub.leave': () => inTurn(() => services.hub.leave()),
    'bundle.recipients': () => services.bundles.recipients(),
    'bundle.state': () => services.bundles.state(),
    'bundle.write': (input) => services.bundles.write(input),
    'bundle.find': (input) => services.bundles.find(input),
    'bundle.read': (input) => services.bundles.read(input),
    'bundle.cancel': () => services.bundles.cancel(),
    'basis.list': () => services.bases.list(),
    'basis.save': (input) => inTurn(() => services.bases.save(input)),
    'directory.list': () => services.directory.list(),
    'directory.save': (input) => inTurn(() => services.directory.save(input)),
    'lane.seen': ({ lines }) => services.lane.seen(lines),
    'lane.listed': ({ documents }) => ({
      documents: services.lists.asked(documents.map(({ lines, number }) => ({ lines, print: { number } }))),
    }),
    'list.state': () => services.lists.state(),
    'list.find': (input) => services.lists.find(input),
    'list.inspect': (input) => services.lists.inspect(input),
    'list.import': (input) => services.lists.import(input),
    'list.cancel': () => services.lists.cancel(),
    'list.remove': ({ id }) => services.lists.remove(id),
    'list.look': (input) => services.lists.look(input),
    'case.list': (input) => services.cases.list(input),
    'case.open': ({ id }) => services.cases.open(id),
    'case.enter': (input) =>
      inTurn(async () => {
        const entered = await services.cases.enter(input);
        if (input.entry.kind === 'image') scans.named([input.entry.image.id]);
        return entered;
      }),
    'case.hand-over': (input) => services.handover.give(input),
    'case.receive': (input) => services.handover.receive(input),
    'case.acknowledge': (input) => services.handover.acknowledge(input),
    'case.take-back': (input) => inTurn(() => services.handover.takeBack(input)),
    'history.search': (input) => history.search(input),
    'history.open': ({ id }) => examination.open(id),
    'audit.verify': (input) => audit.verify(input),
    'audit.anchor': () => audit.anchor(),
    'audit.day-log': (input) => audit.dayLog(input),
    'retention.rules': () => retention.rules(),
    'retention.save-rules': (input) => retention.saveRules(input),
    'retention.preview': () => retention.preview(),
    'retention.run': (input) => retention.run(input),
    'procedure.get': () => services.procedures.get(),
    'backup.state': () => services.backup.state(),
    'backup.plan': (input) => inTurn(() => services.backup.plan(input)),
    'backup.create': ({ folder }) => services.backup.create(folder),
    'backup.cancel': () => services.backup.cancel(),
    'case.export': (input) => inTurn(() => services.caseExport.export(input)),
    'diagnostics.save': ({ folder }) => services.diagnostics.save(folder),
    'backup.verify': ({ path, recoveryKey }) => services.backup.verify(path, recoveryKey),
    'health.state': () => services.health.state(),
    'clock.confirm': () => services.health.confirmClock(),
    'desk.day': ({ day }) => services.desk.day(day),
    'log.state': () => services.logs.state(),
    'log.plan': (input) => inTurn(() => services.logs.plan(input)),
    'log.export': (input) => services.logs.export(input),
    'log.cancel': () => services.logs.cancel(),
    'hold.list': () => retention.holds(),
    'hold.set': (input) => retention.setHold(input),
    'hold.release': ({ id }) => retention.releaseHold(id),
    'specimen.list': () => specimens.list(),
    'specimen.open': ({ id }) => specimens.open(id),
    'scans.state': () => scans.state(),
    'scans.watch': (input) => inTurn(() => scans.watch(input)),
    'scans.take': () => inTurn(async () => ({ scan: await scans.take() })),
    'scans.settle': ({ id, imageId, whole }) =>
      inTurn(async () => {
        await scans.settle(id, imageId, whole);
        return {};
      }),
    'scans.release': ({ id }) =>
      inTurn(() => {
        scans.release(id);
        return {};
      }),
    'scans.drop': () => inTurn(() => scans.drop()),
    'shell.pickFolder': async () => ({ folder: shell.can.pickFile ? await shell.pickFolder() : null }),
    'shell.pickImage': async () => {
      const picked = shell.can.pickFile ? await shell.pickFile() : null;
      if (picked === null) return { image: null, pdf: null };
      const pdf = scans.hold(picked.bytes);
      return { image: pdf === null ? await images.put(picked.bytes) : null, pdf };
    },
    'shell.print': async () => ({ printed: shell.can.print && (await shell.print()) }),
  };
}
