import type { Database } from '../../db/client.ts';
import { createNotice } from '../../db/queries/notice/create.ts';
import { findTermsEdition } from '../../db/queries/read/terms-edition.ts';
import { editionNotice } from '../../templates/notice/terms-edition.ts';

export interface PublicationAddress {
  webUrl: string;
  /** In development every contract is a sandbox one, and so are the notices. */
  sandbox: boolean;
}

/** The notice of an approved edition (第17条1項・3項): to every live contract by mail, and on the web. */
export async function announceEdition(
  { db, webUrl, sandbox }: PublicationAddress & { db: Database },
  input: { subjectId: string; approvedBy: string },
): Promise<string> {
  const edition = await findTermsEdition(db, input.subjectId);
  if (edition?.uploadedBy == null) throw new Error(`edition ${input.subjectId} was not uploaded`);
  const { id, number, title, reason, uploadedBy } = edition;
  const texts = editionNotice({
    number,
    title,
    reason,
    effectiveOn: edition.effectiveOn,
    termsUrl: new URL(`/terms/${number}`, webUrl).href,
  });
  return db.transaction((tx) =>
    createNotice(tx, {
      ...texts,
      creationKey: `termsEdition/${id}/announcement`,
      noticeClass: 'contractual',
      audience: 'all',
      planCode: null,
      byMail: true,
      postOnWeb: true,
      sandbox,
      createdBy: uploadedBy,
      cause: {
        type: 'termsEdition',
        id,
        step: 'announcement',
        values: {},
        clause: '第17条1項',
        approvedBy: [uploadedBy, input.approvedBy],
      },
    }),
  );
}
