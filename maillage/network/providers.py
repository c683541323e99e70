from maillage.ui.navigation import FOOT, Entry, add

add(Entry("Agir", "Partenaires", "people", "organizations", order=40,
          pages=("organization", "organization_new", "organization_edit", "contact_new", "contact_edit")))  # fmt: skip
add(Entry(FOOT, "Équipe et accès", "key", "members", order=90, pages=("member_invite", "member_edit", "member_end")))
