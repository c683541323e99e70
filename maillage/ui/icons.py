"""One set of line icons on a 24 px grid, drawn for Maillage. Each is the inside of an `<svg>`."""

PATHS: dict[str, str] = {
    "dashboard": '<path d="M4 4h7v7H4zM13 4h7v4h-7zM13 10h7v10h-7zM4 13h7v7H4z"/>',
    "map": '<path d="M3 6l6-2 6 2 6-2v14l-6 2-6-2-6 2zM9 4v14M15 6v14"/>',
    "bulb": '<path d="M9 18h6M10 21h4M8 14a6 6 0 1 1 8 0c-1 1-1 2-1 3H9c0-1 0-2-1-3z"/>',
    "talk": '<path d="M4 5h16v11H9l-5 4z"/>',
    "thread": '<circle cx="5" cy="7" r="2"/><circle cx="12" cy="13" r="2"/><circle cx="19" cy="18" r="2"/>'
    '<path d="M6.6 8.3l3.8 3.3M13.7 14.2l3.6 2.7"/>',
    "euro": '<path d="M18 6.5A7 7 0 1 0 18 17.500M4 10.500h9M4 13.500h8"/>',
    "people": '<circle cx="9" cy="8" r="3"/><path d="M3 20c0-4 2.5-6 6-6s6 2 6 6M16 5.500a3 3 0 0 1 0 5.500M18 14.500c2 .8 3 2.6 3 5.5"/>',
    "calendar": '<path d="M4 6h16v14H4zM4 10h16M8 3v4M16 3v4"/>',
    "decision": '<path d="M4 20h16M6 17h12M7 17V11M12 17V11M17 17V11M4 11l8-6 8 6z"/>',
    "chart": '<path d="M4 20h16M7 20v-6M12 20V6M17 20v-9"/>',
    "globe": '<circle cx="12" cy="12" r="9"/><path d="M3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18"/>',
    "search": '<circle cx="11" cy="11" r="6"/><path d="M16 16l4 4"/>',
    "filter": '<path d="M4 5h16l-6.500 7.500V19l-3 1.500v-8z"/>',
    "menu": '<path d="M4 6h16M4 12h16M4 18h16"/>',
    "check": '<path d="M5 12.500l4.5 4.500L19 7.5"/>',
    "half": '<circle cx="12" cy="12" r="8"/><path d="M12 4a8 8 0 0 1 0 16z" fill="currentColor"/>',
    "circle": '<circle cx="12" cy="12" r="8"/>',
    "pause": '<path d="M8 5v14M16 5v14"/>',
    "alert": '<path d="M12 4l9 16H3zM12 10v5M12 17.500v.5"/>',
    "stop": '<circle cx="12" cy="12" r="8"/><path d="M8 12h8"/>',
    "cross": '<path d="M6 6l12 12M18 6L6 18"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "arrow": '<path d="M5 12h14M13 6l6 6-6 6"/>',
    "back": '<path d="M19 12H5M11 6l-6 6 6 6"/>',
    "clock": '<circle cx="12" cy="12" r="8"/><path d="M12 7.500V12l3 2"/>',
    "mail": '<path d="M3 6h18v12H3zM3 7l9 7 9-7"/>',
    "file": '<path d="M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6"/>',
    "camera": '<path d="M3.500 7h4l1.500-2.500h6L16.500 7h4v12h-17z"/><circle cx="12" cy="13" r="3.500"/>',
    "print": '<path d="M7 9V3h10v6M7 17H4V9h16v8h-3M7 14h10v7H7z"/>',
    "pen": '<path d="M4 20l1-5L16 4l4 4L9 19zM14 6l4 4"/>',
    "trash": '<path d="M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13"/>',
    "download": '<path d="M12 4v11M7 11l5 5 5-5M4 20h16"/>',
    "upload": '<path d="M12 16V5M7 9l5-5 5 5M4 20h16"/>',
    "bell": '<path d="M6 16V11a6 6 0 0 1 12 0v5l2 2H4zM10 21h4"/>',
    "gear": '<circle cx="12" cy="12" r="3"/><path d="M12 3v3M12 18v3M3 12h3M18 12h3M5.6 5.600l2.1 2.100M16.3 16.300l2.1 2.100M5.6 18.400l2.1-2.100M16.3 7.700l2.1-2.1"/>',
    "book": '<path d="M4 5c3-1 6-1 8 1 2-2 5-2 8-1v14c-3-1-6-1-8 1-2-2-5-2-8-1zM12 6v14"/>',
    "key": '<circle cx="8" cy="15" r="4"/><path d="M11 12l9-9M16 7l3 3"/>',
    "building": '<path d="M5 21V4h9v17M14 9h5v12M3 21h18M8 8h3M8 12h3M8 16h3"/>',
    "flag": '<path d="M6 21V4M6 5h12l-3 4 3 4H6"/>',
    "link": '<path d="M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1"/>',
    "history": '<path d="M4 12a8 8 0 1 0 2.5-5.800M4 4v4h4M12 8v4l3 2"/>',
}

#: The mark: four threads crossed, in the four hues of the selvedge (they stay put on dark and on light).
MARK = (
    '<svg viewBox="0 0 32 32" aria-hidden="true" fill="none" stroke-width="3.2" stroke-linecap="round">'
    '<path d="M3 11h26" stroke="#f1c76a"/><path d="M3 21h26" stroke="#e58aa9"/>'
    '<path d="M11 3v26" stroke="#7fb2e5"/><path d="M21 3v26" stroke="#7fc49b"/>'
    '<path d="M8 11h6" stroke="#f1c76a"/><path d="M18 21h6" stroke="#e58aa9"/></svg>'
)
